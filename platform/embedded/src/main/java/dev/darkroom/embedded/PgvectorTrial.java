package dev.darkroom.embedded;

import java.nio.file.Path;
import java.util.List;

/// One question to a freshly built pgvector, before anyone relies on it.
///
/// @param bin the folder with `initdb` and `postgres`
/// @param folder does not exist yet; a throw-away data folder is made there
record PgvectorTrial(Path bin, Path folder) {

    private static final String QUESTION =
            "CREATE EXTENSION vector; SELECT '[1,2]'::vector <=> '[2,1]' AS distance;";

    /// Loads the extension in a single-user server and compares its answer.
    void run() {
        ServerUser user = ServerUser.detect();
        user.own(folder);
        Command.of(
                        user.line(
                                List.of(
                                        bin.resolve("initdb").toString(),
                                        "-D",
                                        folder.toString(),
                                        "-U",
                                        "postgres",
                                        "--auth=reject",
                                        "--locale=C",
                                        "--no-sync")))
                .run();
        String script = "echo \"" + QUESTION + "\" | \"$1/postgres\" --single -D \"$2\" postgres";
        String answer =
                Command.of(
                                user.line(
                                        List.of(
                                                "sh",
                                                "-c",
                                                script,
                                                "sh",
                                                bin.toString(),
                                                folder.toString())))
                        .run();
        if (!answer.contains("distance = \"0.19999999999999996\"")) {
            throw new BackendsUnavailable(
                    "the pgvector just built does not answer as it should:\n"
                            + Command.tail(answer));
        }
    }
}
