/// What the slices of user's models have in common: a task of the ledger, a model that may be away.
@NullMarked
package dev.darkroom.embedding.slice;

import org.jspecify.annotations.NullMarked;
