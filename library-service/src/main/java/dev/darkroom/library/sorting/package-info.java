/// Sorts new faces into people, by itself. What a person has said it never changes.
@NullMarked
package dev.darkroom.library.sorting;

import org.jspecify.annotations.NullMarked;
