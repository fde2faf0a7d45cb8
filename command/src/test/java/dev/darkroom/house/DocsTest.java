package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages name no file and no class that is gone.
class DocsTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

    /// `Words`, perhaps with members: `Work.perform`.
    private static final Pattern CLASS =
            Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)([.#(].*)?");

    private static final Pattern PATH =
            Pattern.compile("(\\./)?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?");

    /// A file that is named without its folder.
    private static final Pattern FILE_NAME =
            Pattern.compile("[A-Za-z0-9_-]+\\.(java|md|sql|xml|yaml|yml)");

    /// Names in our pages that look like ours and belong to others.
    private static final Set<String> OF_OTHERS =
            Set.of("DataSize", "EventSource", "EventRouter", "IOException");

    /// What `up` makes where it is started.
    private static final Set<String> MADE_LATER = Set.of("./data");

    private static final Set<Path> FILES = new HashSet<>(Sources.files());
    private static final Set<String> FOLDERS = folders();
    private static final Set<String> CLASSES = classes();

    static List<Path> pages() {
        return Sources.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .filter(file -> !file.toString().contains("src/"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesOnlyWhatIsThere(Path page) {
        assertThat(complaints(page, Sources.read(page))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see `schema/src/main/java/Gone.java`",
                "see `V1__gone.sql`",
                "see `GoneForEver`",
                "see `GoneForEver.run()`",
                "see [this](gone.md)",
                "run `./gone`"
            })
    void noticesWhatIsGone(String text) {
        assertThat(complaints(Path.of("README.md"), text)).hasSize(1);
    }

    @Test
    void leavesOtherWordsAlone() {
        String text =
                "`asset-created` `cdc.<table>` `GET /api/assets` `V1__types_and_triggers.sql` `@NullMarked`"
                        + " `application/json` `Work.perform` `./mvnw verify` `platform/delivery`";

        assertThat(complaints(Path.of("README.md"), text)).isEmpty();
    }

    private static List<String> complaints(Path page, String text) {
        String prose = FENCE.matcher(text).replaceAll("");
        List<String> complaints = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(prose);
        while (quoted.find()) {
            String name = quoted.group(1).split(" ", -1)[0];
            boolean gone =
                    FILE_NAME.matcher(name).matches()
                            ? FILES.stream().noneMatch(file -> file.endsWith(name))
                            : isOurPath(name) && !MADE_LATER.contains(name) && !exists(page, name);
            if (gone) {
                complaints.add("there is no file `" + name + "`");
            }
            Matcher type = CLASS.matcher(quoted.group(1));
            if (type.matches()
                    && looksLikeAClass(type.group(1))
                    && !CLASSES.contains(type.group(1))) {
                complaints.add("there is no class `" + type.group(1) + "`");
            }
        }
        Matcher link = LINK.matcher(prose);
        while (link.find()) {
            String target = link.group(1);
            if (!target.contains(":") && !exists(page, target)) {
                complaints.add("the link leads nowhere: " + target);
            }
        }
        return complaints;
    }

    /// One capital letter after the first tells a class from a word that begins a sentence.
    private static boolean looksLikeAClass(String name) {
        return !OF_OTHERS.contains(name)
                && name.length() > 2
                && name.substring(1).chars().anyMatch(Character::isUpperCase)
                && !name.equals(name.toUpperCase(Locale.ROOT));
    }

    /// A path of ours begins with `./` or with a folder of the root.
    private static boolean isOurPath(String name) {
        if (!PATH.matcher(name).matches()) {
            return false;
        }
        int slash = name.indexOf('/');
        return name.startsWith("./") || (slash > 0 && FOLDERS.contains(name.substring(0, slash)));
    }

    private static boolean exists(Path page, String name) {
        Path beside = page.resolveSibling(name).normalize();
        Path fromRoot = Path.of(name).normalize();
        return isThere(beside) || isThere(fromRoot);
    }

    private static boolean isThere(Path path) {
        return FILES.contains(path)
                || FOLDERS.contains(path.toString())
                || path.toString().isEmpty();
    }

    private static Set<String> folders() {
        Set<String> folders = new HashSet<>();
        for (Path file : Sources.files()) {
            for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
                folders.add(folder.toString());
            }
        }
        return folders;
    }

    /// The classes of the services and, by their files, those of tests.
    private static Set<String> classes() {
        Set<String> classes =
                Sources.CLASSES.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        Sources.files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .forEach(classes::add);
        return classes;
    }
}
