package dev.darkroom.inference.text;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// How words are cut and filled up, as far as the configuration says; what is open is taken from
/// the graph or the tokenizer.
///
/// @param context how many ids a text becomes, whatever its length
/// @param padId what fills it up; models like SigLIP read the filling, so it has to be theirs
/// @param canonicalize without punctuation, in small letters
/// @param from the file, or files, that said so
public record TextRules(
        OptionalInt context,
        OptionalLong padId,
        boolean lowercase,
        boolean canonicalize,
        String from) {}
