package dev.darkroom.sync.cdc.row;

/// `{1,NULL,"a \"b\"",{2}}` => a JSON array of the element's form, nested as the dimensions are.
///
/// @param element of each that is not null
record ArrayForm(ValueForm element) implements ValueForm {
    @Override
    public void write(JsonBytes json, byte[] text, int from, int to) {
        int at = from;
        if (text[at] == '[') {
            // Bounds other than 1: `[0:1]={…}`.
            while (text[at] != '=') {
                at++;
            }
            at++;
        }
        byte[] scratch = new byte[to - at];
        while (at < to) {
            at = writeNext(json, text, at, to, scratch);
        }
    }

    /// Writes one sign or one element; returns where the next begins.
    private int writeNext(JsonBytes json, byte[] text, int at, int to, byte[] scratch) {
        switch (text[at]) {
            case '{' -> json.put('[');
            case '}' -> json.put(']');
            case ',' -> json.put(',');
            case '"' -> {
                return writeQuoted(json, text, at + 1, scratch);
            }
            default -> {
                return writePlain(json, text, at, to, scratch);
            }
        }
        return at + 1;
    }

    private int writeQuoted(JsonBytes json, byte[] text, int from, byte[] scratch) {
        int length = 0;
        int at = from;
        while (text[at] != '"') {
            if (text[at] == '\\') {
                at++;
            }
            scratch[length++] = text[at++];
        }
        element.write(json, scratch, 0, length);
        return at + 1;
    }

    private int writePlain(JsonBytes json, byte[] text, int from, int to, byte[] scratch) {
        int length = 0;
        int at = from;
        while (at < to && text[at] != ',' && text[at] != '}') {
            if (text[at] == '\\') {
                at++;
            }
            scratch[length++] = text[at++];
        }
        if (isNull(text, from, at)) {
            json.putNull();
        } else {
            element.write(json, scratch, 0, length);
        }
        return at;
    }

    /// The text NULL is always in quotes, the null never.
    private static boolean isNull(byte[] text, int from, int to) {
        return to - from == 4
                && text[from] == 'N'
                && text[from + 1] == 'U'
                && text[from + 2] == 'L'
                && text[from + 3] == 'L';
    }
}
