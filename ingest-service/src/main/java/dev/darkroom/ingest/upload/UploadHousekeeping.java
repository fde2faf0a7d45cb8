package dev.darkroom.ingest.upload;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.ingest.upload.tus.TusUploads;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// At the start and every so often: hands over what a crash or Kafka's absence left complete, and
/// removes what its client has abandoned.
@Component
class UploadHousekeeping {
    private static final Logger log = LoggerFactory.getLogger(UploadHousekeeping.class);

    private final FormUploads formUploads;
    private final TusUploads tusUploads;

    UploadHousekeeping(FormUploads formUploads, TusUploads tusUploads) {
        this.formUploads = formUploads;
        this.tusUploads = tusUploads;
    }

    @Scheduled(fixedDelayString = "${darkroom.upload.tidy-every:1m}")
    void tidy() {
        try {
            int announced = formUploads.recover() + tusUploads.submitComplete();
            int removed = tusUploads.removeExpired();
            if (announced > 0 || removed > 0) {
                log.atInfo()
                        .addKeyValue("announced", announced)
                        .addKeyValue("removed", removed)
                        .log("tidied the uploads");
            }
        } catch (DependencyDown down) {
            log.atWarn().setCause(down).log("complete uploads wait for Kafka");
        } catch (IOException failure) {
            log.atError().setCause(failure).log("the uploads could not be tidied");
        }
    }
}
