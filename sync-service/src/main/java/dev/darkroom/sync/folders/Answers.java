package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.Requests;
import dev.darkroom.sync.folders.scan.Plan;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Has requests done by the keeper of their repository, and writes down what came of them.
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Requests requests;

    Answers(Requests requests) {
        this.requests = requests;
    }

    /// What came of a request; one of the three is there.
    ///
    /// @param operation the operation that does it, or has done it
    record Answer(@Nullable Long operation, @Nullable Plan plan, @Nullable Failure failure) {
        static Answer of(String json) {
            return JSON.readValue(json, Answer.class);
        }
    }

    /// Why it was not done.
    record Failure(Refused.Reason reason, String message) {}

    void answer(Requests.Request request, RepositoryKeeper keeper) {
        switch (request.kind()) {
            case SCAN -> write(request, keeper.scan(), Answers::operation);
            case PLAN -> write(request, keeper.plan(), plan -> new Answer(null, plan, null));
            case CONFIRM -> write(request, keeper.confirm(number(request)), Answers::operation);
            case UNDO -> write(request, keeper.undo(number(request)), Answers::operation);
        }
    }

    private <T> void write(
            Requests.Request request, CompletableFuture<T> result, Function<T, Answer> answer) {
        var _ =
                result.handle(
                        (value, failure) -> {
                            Answer done =
                                    failure == null
                                            ? answer.apply(value)
                                            : new Answer(null, null, failure(failure));
                            write(request.id(), done);
                            return done;
                        });
    }

    private void write(long id, Answer answer) {
        try {
            requests.answer(id, JSON.writeValueAsString(answer));
        } catch (RuntimeException e) {
            log.atError().addKeyValue("request", id).setCause(e).log("an answer cannot be written");
        }
    }

    private static Answer operation(Long id) {
        return new Answer(id, null, null);
    }

    private static Failure failure(Throwable failure) {
        if (failure instanceof Refused refused) {
            return new Failure(refused.reason(), String.valueOf(refused.getMessage()));
        }
        log.atError().setCause(failure).log("what was asked failed");
        return new Failure(Refused.Reason.UNAVAILABLE, String.valueOf(failure.getMessage()));
    }

    private static long number(Requests.Request request) {
        return Objects.requireNonNull(request.operation());
    }
}
