package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathTextTest {
    @Test
    void isTheTextThatAFilePathHas() {
        Random random = new Random(3);
        byte[] likely = {
            'a',
            '\\',
            'x',
            '4',
            '1',
            (byte) 0xc3,
            (byte) 0xa9,
            (byte) 0xe2,
            (byte) 0x82,
            (byte) 0xac,
            (byte) 0xf0,
            (byte) 0x9f,
            (byte) 0x93,
            (byte) 0xb7,
            (byte) 0xed,
            (byte) 0xa0,
            (byte) 0x80,
            (byte) 0xf4,
            (byte) 0x90,
            (byte) 0xff,
            (byte) 0xc0,
            (byte) 0xe0
        };
        for (int i = 0; i < 200_000; i++) {
            byte[] name = new byte[1 + random.nextInt(6)];
            for (int j = 0; j < name.length; j++) {
                name[j] = likely[random.nextInt(likely.length)];
            }
            byte[] text = new byte[name.length * PathText.GROWTH];
            int end = PathText.encode(name, 0, name.length, text, 0);

            assertThat(new String(text, 0, end, StandardCharsets.UTF_8))
                    .as(() -> Arrays.toString(name))
                    .isEqualTo(FilePath.ofBytes(name).text());
            byte[] back = new byte[end];
            int length = PathText.decode(text, 0, end, back, 0);
            assertThat(Arrays.copyOf(back, length)).isEqualTo(name);
        }
    }
}
