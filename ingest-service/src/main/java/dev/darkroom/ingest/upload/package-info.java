/// Files that arrive over HTTP: kept as a blob `uploads/<asset id>`, announced on Kafka as
/// `asset.submitted.v1`, and only then answered with 2xx.
///
/// ```
/// curl -F priority=2 -F file=@a.jpg -F file=@b.jpg http://127.0.0.1:7701/api/assets
/// ```
///
/// [FormUploads] is the work behind the multipart door; the resumable protocol has its own room,
/// `tus`. What both share is [Handover].
@NullMarked
package dev.darkroom.ingest.upload;

import org.jspecify.annotations.NullMarked;
