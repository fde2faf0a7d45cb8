package dev.darkroom.inference.depth;

import dev.darkroom.inference.layout.Plan;

/// The size in which a picture goes into a depth graph, as transformers' DPT image processor counts
/// it, with a ceiling for panoramas.
record InputSize(int width, int height) {

    /// For a picture of this size.
    static InputSize of(
            int pictureWidth, int pictureHeight, Plan.Depth plan, DepthOptions options) {
        double scale =
                options.size().isPresent()
                        ? (double) options.size().getAsInt() / Math.min(plan.width(), plan.height())
                        : 1;
        double across = plan.width() * scale / pictureWidth;
        double down = plan.height() * scale / pictureHeight;
        if (plan.keepShape()) {
            // The one that changes the picture less.
            if (Math.abs(1 - across) < Math.abs(1 - down)) {
                down = across;
            } else {
                across = down;
            }
        }
        double longest = Math.max(across * pictureWidth, down * pictureHeight);
        if (longest > options.longest()) {
            across *= options.longest() / longest;
            down *= options.longest() / longest;
        }
        return new InputSize(
                multiple(across * pictureWidth, plan.multiple(), options.longest()),
                multiple(down * pictureHeight, plan.multiple(), options.longest()));
    }

    /// Halves go to the even one, as in Python.
    private static int multiple(double length, int step, int longest) {
        int whole = (int) Math.rint(length / step) * step;
        while (whole > longest && whole > step) {
            whole -= step;
        }
        return Math.max(step, whole);
    }
}
