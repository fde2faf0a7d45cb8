package dev.darkroom.library.search;

import dev.darkroom.library.search.Nearest.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers a [SearchQuery]: a list by words, a list for each vector that the words have, fused; or
/// what looks like a picture; or what passes the filter.
public class Search {
    /// What one list of a search by words has at the most.
    static final int MOST_BY_WORDS = 1_000;

    static final int MOST_BY_VECTOR = 200;

    /// The roles that say what is alike, the best first.
    private static final List<String> PICTURES = List.of("clip", "visual");

    private final ActiveSpaces spaces;
    private final Nearest nearest;
    private final Words words;
    private final Newest newest;
    private final List<TextVectors> textVectors;
    private final SearchProperties properties;
    private final ReadTransaction transaction;

    Search(Tables tables, List<TextVectors> textVectors, SearchProperties properties) {
        this.spaces = tables.spaces();
        this.nearest = tables.nearest();
        this.words = tables.words();
        this.newest = tables.newest();
        this.transaction = tables.transaction();
        this.textVectors = List.copyOf(textVectors);
        this.properties = properties;
    }

    /// Where a search reads.
    record Tables(
            ActiveSpaces spaces,
            Nearest nearest,
            Words words,
            Newest newest,
            ReadTransaction transaction) {}

    /// One state of the database, read by several statements.
    interface ReadTransaction {
        <T> T run(Supplier<T> work);

        /// What the statements that follow in it are told.
        void settings(ActiveSpace space, int efSearch, int wanted);
    }

    /// The answers after a position.
    ///
    /// @param limit how many at the most
    Found find(SearchQuery query, @Nullable SearchCursor after, int limit) {
        List<Question> meant = meant(query);
        return transaction.run(
                () -> {
                    List<Hit> hits = hits(query, meant, after, limit + 1);
                    if (hits.size() <= limit) {
                        return new Found(hits, null);
                    }
                    Hit last = hits.get(limit - 1);
                    int seen = (after == null ? 0 : after.seen()) + limit;
                    return new Found(
                            hits.subList(0, limit),
                            new SearchCursor(last.key(), last.assetId(), seen));
                });
    }

    /// How [#find] goes about it, and what PostgreSQL did.
    List<SearchStep> explain(SearchQuery query, @Nullable SearchCursor after, int limit) {
        List<Question> meant = meant(query);
        return transaction.run(() -> steps(query, meant, after, limit + 1));
    }

    private List<Hit> hits(
            SearchQuery query, List<Question> meant, @Nullable SearchCursor after, int wanted) {
        if (query.similarTo() != null) {
            Question question = alike(query, query.similarTo(), after, wanted);
            return enoughAlike(near(question, query.exact()), query.minSimilarity());
        }
        if (query.words() != null) {
            return after(after, byWords(query, query.words(), meant), wanted);
        }
        return newest.find(query.filter(), after, wanted);
    }

    private List<Hit> byWords(SearchQuery query, String text, List<Question> meant) {
        List<List<Hit>> lists = new ArrayList<>();
        lists.add(words.find(text, query.filter(), MOST_BY_WORDS));
        for (Question question : meant) {
            lists.add(near(question, query.exact()));
        }
        return Fusion.byReciprocalRank(lists);
    }

    private List<Hit> near(Question question, boolean exact) {
        Way way = way(question, exact);
        transaction.settings(question.space(), properties.efSearch(), question.limit());
        if (!way.byIndex()) {
            return nearest.oneByOne(question);
        }
        List<Hit> hits = nearest.byIndex(question);
        // An index stops looking at some point. Whether there is nothing more, only a comparison
        // tells.
        return hits.size() < question.limit() ? nearest.oneByOne(question) : hits;
    }

    /// An index finds the nearest of all, and loses answers when few of them pass a filter, or when
    /// many have been seen. Then what passes is compared one by one, which costs little when it is
    /// few.
    private Way way(Question question, boolean exact) {
        if (exact) {
            return new Way(false, "asked for by exact");
        }
        if (!question.space().hasIndex()) {
            return new Way(false, "the space has no index");
        }
        if (question.after() != null && question.after().seen() >= properties.exactAfter()) {
            return new Way(false, "more than %d answers deep".formatted(properties.exactAfter()));
        }
        if (question.filter().isNone()) {
            return new Way(true, "no filter");
        }
        int upTo = properties.exactUpTo();
        int passing = nearest.countUpTo(question.filter(), upTo + 1);
        return passing <= upTo
                ? new Way(false, "%d assets pass the filter".formatted(passing))
                : new Way(true, "more than %d assets pass the filter".formatted(upTo));
    }

    private record Way(boolean byIndex, String reason) {}

    private Question alike(
            SearchQuery query, UUID asset, @Nullable SearchCursor after, int wanted) {
        ActiveSpace space =
                preferred(query.role())
                        .orElseThrow(() -> new NothingToCompare.NoSpace(query.role()));
        String vector =
                spaces.vectorOf(asset, space)
                        .orElseThrow(() -> new NothingToCompare.NoVector(asset, space.modelId()));
        return new Question(space, vector, asset, query.filter(), after, wanted);
    }

    /// What a model knows of a picture says more than what it looks like.
    private Optional<ActiveSpace> preferred(@Nullable String role) {
        return spaces.all().stream()
                .filter(space -> role == null || space.role().equals(role))
                .filter(space -> role != null || PICTURES.contains(space.role()))
                .min(Comparator.comparingInt(space -> PICTURES.indexOf(space.role())));
    }

    /// What the words mean in each space. A model may be asked for that elsewhere and take its
    /// time, so no transaction waits for it.
    private List<Question> meant(SearchQuery query) {
        String text = query.words();
        if (text == null || query.similarTo() != null) {
            return List.of();
        }
        List<Question> questions = new ArrayList<>();
        for (ActiveSpace space : spaces.all()) {
            if (query.role() == null || query.role().equals(space.role())) {
                textVectors.stream()
                        .flatMap(model -> model.vector(text, space).stream())
                        .findFirst()
                        .map(vector -> question(space, vector, query.filter()))
                        .ifPresent(questions::add);
            }
        }
        return questions;
    }

    private static Question question(ActiveSpace space, float[] vector, SearchFilter filter) {
        return new Question(space, text(vector), null, filter, null, MOST_BY_VECTOR);
    }

    private static List<Hit> enoughAlike(List<Hit> hits, @Nullable Double minSimilarity) {
        if (minSimilarity == null) {
            return hits;
        }
        return hits.stream()
                .takeWhile(hit -> 1 - Objects.requireNonNull(hit.distance()) >= minSimilarity)
                .toList();
    }

    private static List<Hit> after(@Nullable SearchCursor after, List<Hit> hits, int wanted) {
        Comparator<Hit> order = Comparator.comparingLong(Hit::key).thenComparing(Hit::assetId);
        return hits.stream()
                .filter(
                        hit ->
                                after == null
                                        || order.compare(
                                                        hit, new Hit(after.id(), after.key(), null))
                                                > 0)
                .limit(wanted)
                .toList();
    }

    private List<SearchStep> steps(
            SearchQuery query, List<Question> meant, @Nullable SearchCursor after, int wanted) {
        List<SearchStep> steps = new ArrayList<>();
        if (query.similarTo() != null) {
            steps.add(step(alike(query, query.similarTo(), after, wanted), query.exact()));
        } else if (query.words() != null) {
            steps.add(
                    new SearchStep(
                            "words",
                            "the best " + MOST_BY_WORDS + " by words",
                            words.explain(query.words(), query.filter(), MOST_BY_WORDS)));
            for (Question question : meant) {
                steps.add(step(question, query.exact()));
            }
        } else {
            steps.add(
                    new SearchStep(
                            "newest",
                            "neither words nor a picture",
                            newest.explain(query.filter(), after, wanted)));
        }
        return steps;
    }

    private SearchStep step(Question question, boolean exact) {
        Way way = way(question, exact);
        transaction.settings(question.space(), properties.efSearch(), question.limit());
        return new SearchStep(
                "%s of %s, %s"
                        .formatted(
                                question.space().role(),
                                question.space().modelId(),
                                way.byIndex() ? question.space().index() : "exact"),
                way.reason(),
                nearest.explain(question, way.byIndex()));
    }

    /// PostgreSQL's form of a vector.
    static String text(float[] vector) {
        StringBuilder text = new StringBuilder(vector.length * 12).append('[');
        for (int i = 0; i < vector.length; i++) {
            text.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return text.append(']').toString();
    }
}
