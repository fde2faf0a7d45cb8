/// Watched folders => `file_records` and `sync_operations`.
///
/// Start reading at [FolderSync], which shares repositories with other instances; then
/// [RepositoryKeeper], which keeps one in step.
@NullMarked
package dev.darkroom.sync.folders;

import org.jspecify.annotations.NullMarked;
