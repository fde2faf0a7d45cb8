package dev.darkroom.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where an original is kept in the store.
///
/// `DATE` and `FLAT` name the file after what the uploader called it, and after the asset and its
/// content: `<stem>-<12 hexadecimal digits>.<extension>`, the digits taken from a SHA-256 over the
/// asset's id and the content's hash. The key is thus a function of the submission alone. A
/// submission that is delivered again lands on the very file it wrote before instead of leaving a
/// second one; no two assets share a file, so deleting one never takes another's bytes; and a new
/// version of an asset never overwrites an older one.
///
/// `CAS` names the file after its content, so equal bytes are kept once and assets do share a file.
public enum StorageStrategy {
    /// `inbox/YYYY/MM/`, the month in UTC.
    DATE,
    /// `inbox/`.
    FLAT,
    /// `inbox/aa/bb/cc/<hash>.<extension>`; like `DATE` while the hash is not known.
    CAS;

    private static final String INBOX = "inbox";
    private static final int DIGITS = 12;
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu");
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MM");

    /// The key of an original.
    ///
    /// @param sha256 its content's SHA-256 in hexadecimal, when known
    /// @param at when it was submitted; the same instant each time the submission is seen, since it
    ///   decides the month
    public BlobKey keyFor(OriginalName name, UUID assetId, @Nullable String sha256, Instant at) {
        return switch (this) {
            case DATE -> inMonth(name, digits(assetId, sha256), at);
            case FLAT -> BlobKey.of(INBOX, name.withSuffix(digits(assetId, sha256)));
            case CAS ->
                    sha256 == null
                            ? inMonth(name, digits(assetId, null), at)
                            : byContent(name, sha256);
        };
    }

    private static BlobKey inMonth(OriginalName name, String digits, Instant at) {
        var utc = at.atOffset(ZoneOffset.UTC);
        return BlobKey.of(INBOX, YEAR.format(utc), MONTH.format(utc), name.withSuffix(digits));
    }

    private static BlobKey byContent(OriginalName name, String sha256) {
        String hash = Sha256.require(sha256.toLowerCase(Locale.ROOT));
        String extension = name.extension().toLowerCase(Locale.ROOT);
        String file = extension.isEmpty() ? hash : hash + "." + extension;
        return BlobKey.of(
                INBOX, hash.substring(0, 2), hash.substring(2, 4), hash.substring(4, 6), file);
    }

    private static String digits(UUID assetId, @Nullable String sha256) {
        String identity = sha256 == null ? assetId.toString() : assetId + " " + sha256;
        var digest = Sha256.digest();
        digest.update(identity.getBytes(UTF_8));
        return Sha256.hex(digest).substring(0, DIGITS);
    }
}
