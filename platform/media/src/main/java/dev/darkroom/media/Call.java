package dev.darkroom.media;

import dev.darkroom.media.wire.Reply;
import dev.darkroom.media.wire.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// One request on its way through the pool, and the caller waiting for it.
///
/// @param subject the file as the person knows it, for messages
record Call(Request request, String subject, CompletableFuture<Reply> reply) {

    Call(Request request, String subject) {
        this(request, subject, new CompletableFuture<>());
    }

    boolean isAbandoned() {
        return reply.isDone();
    }

    /// Waits for the reply. An interrupted caller abandons the call; the child finishes it for
    /// nobody.
    Reply await() throws MediaChildLost, InterruptedException {
        try {
            return reply.get();
        } catch (InterruptedException e) {
            reply.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case MediaChildLost lost ->
                        throw new MediaChildLost(
                                lost.kind(), String.valueOf(lost.getMessage()), lost);
                case IllegalStateException closed ->
                        throw new IllegalStateException(closed.getMessage(), closed);
                case null, default -> throw new IllegalStateException("the media pool failed", e);
            }
        }
    }
}
