/// Whether tables and change streams agree, and what mends them when they do not: the reconciler,
/// rows published once more at their place in the log, a slot made anew, the watch over how much
/// log the slot holds back.
@NullMarked
package dev.darkroom.sync.cdc.repair;

import org.jspecify.annotations.NullMarked;
