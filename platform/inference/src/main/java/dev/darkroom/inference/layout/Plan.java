package dev.darkroom.inference.layout;

import dev.darkroom.inference.picture.Filter;
import dev.darkroom.inference.picture.Normalisation;
import dev.darkroom.inference.picture.Preparation;
import dev.darkroom.inference.text.TextRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a folder was found to hold: which files, and how pictures and words are prepared for them.
/// Nothing has been loaded yet.
public sealed interface Plan {
    /// Name of the model.
    String name();

    /// Which of the known layouts it is.
    String rule();

    /// All files whose bytes decide the answers.
    List<Path> files();

    /// What was read, and from where, in order.
    Map<String, String> resolved();

    /// A graph for pictures.
    ///
    /// @param input name of its input, null where it is the only one
    /// @param output name of its output, null where it is plain
    /// @param layout NCHW or NHWC where the graph leaves it open
    /// @param from the file that says how to prepare
    record Vision(
            Path graph,
            Preparation preparation,
            @Nullable String input,
            @Nullable String output,
            @Nullable String layout,
            String from) {}

    /// A graph for words.
    record Text(Path graph, Path tokenizer, TextRules rules, @Nullable String output) {}

    /// CLIP and its relatives.
    ///
    /// @param logitScale what cosines are multiplied with before softmax, if the model says so
    record ImageText(
            String name,
            String rule,
            Vision vision,
            Optional<Text> text,
            OptionalDouble logitScale,
            Map<String, String> resolved)
            implements Plan {
        @Override
        public List<Path> files() {
            return Stream.concat(
                            Stream.of(vision.graph()),
                            text.stream().flatMap(t -> Stream.of(t.graph(), t.tokenizer())))
                    .toList();
        }
    }

    /// One number for each label.
    record Classifier(
            String name, String rule, Vision vision, Path labels, Map<String, String> resolved)
            implements Plan {
        @Override
        public List<Path> files() {
            return List.of(vision.graph(), labels);
        }
    }

    /// A CLIP that compares a picture with the vectors of labels.
    ///
    /// @param vectors of the labels, computed by who made the set; else they are computed from
    ///   words
    /// @param template the sentence a label is put into, at `{}`
    record ZeroShot(
            ImageText model,
            Path labels,
            Optional<Path> vectors,
            String template,
            Map<String, String> resolved)
            implements Plan {
        @Override
        public String name() {
            return model.name();
        }

        @Override
        public String rule() {
            return model.rule() + " with labels";
        }

        @Override
        public List<Path> files() {
            return Stream.of(model.files().stream(), Stream.of(labels), vectors.stream())
                    .flatMap(files -> files)
                    .toList();
        }
    }

    /// SCRFD finds faces, ArcFace tells them apart.
    record Faces(
            String name,
            String rule,
            Path detector,
            Optional<Path> recogniser,
            Map<String, String> resolved)
            implements Plan {
        @Override
        public List<Path> files() {
            return Stream.concat(Stream.of(detector), recogniser.stream()).toList();
        }
    }

    /// How near everything is.
    ///
    /// @param multiple both sides are multiples of it
    /// @param keepShape whether the picture's shape stays
    record Depth(
            String name,
            String rule,
            Path graph,
            int width,
            int height,
            int multiple,
            boolean keepShape,
            Filter filter,
            Normalisation normalisation,
            Map<String, String> resolved)
            implements Plan {
        @Override
        public List<Path> files() {
            return List.of(graph);
        }
    }
}
