package dev.darkroom.ingest.sidecar;

import dev.darkroom.media.SidecarFacts;
import dev.darkroom.schema.Sha256;
import java.util.List;

/// What came of reading one sidecar.
public sealed interface SidecarRead {
    /// This content says this.
    ///
    /// @param facts what it says; nothing when it is no XMP
    record Said(Sha256 sha256, SidecarFacts facts) implements SidecarRead {}

    /// The file is not as its record says; its own event comes.
    record NotNow() implements SidecarRead {}

    /// A sidecar that says nothing.
    SidecarFacts SILENT =
            new SidecarFacts(null, null, null, List.of(), null, null, null, null, null);
}
