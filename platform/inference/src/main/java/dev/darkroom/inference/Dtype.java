package dev.darkroom.inference;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Which of the files that hold the same model in different numbers.
///
/// Quantised files are only used when they are asked for: some are slower than the exact one, and
/// their answer depends on what else is in the batch.
public enum Dtype {
    /// The exact file, else half precision; never a quantised one.
    AUTO(),
    FP32(""),
    FP16("_fp16", ".fp16", "-fp16"),
    INT8("_int8", "_quantized", ".int8", "-int8"),
    UINT8("_uint8", ".uint8"),
    Q4("_q4", ".q4"),
    Q4F16("_q4f16", ".q4f16"),
    BNB4("_bnb4");

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> suffixes;

    Dtype(String... suffixes) {
        this.suffixes = List.of(suffixes);
    }

    /// What stands between a file's stem and `.onnx`, best first.
    public List<String> suffixes() {
        return this == AUTO
                ? Stream.concat(FP32.suffixes.stream(), FP16.suffixes.stream()).toList()
                : suffixes;
    }

    /// Reads a setting.
    public static Dtype of(String text) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(text.toUpperCase(Locale.ROOT))) {
                return dtype;
            }
        }
        throw new IllegalArgumentException(
                "dtype must be one of auto, fp32, fp16, int8, uint8, q4, q4f16, bnb4: " + text);
    }
}
