/// What an operator looks at: counts, and the tasks that need a person.
@NullMarked
package dev.darkroom.library.operator;

import org.jspecify.annotations.NullMarked;
