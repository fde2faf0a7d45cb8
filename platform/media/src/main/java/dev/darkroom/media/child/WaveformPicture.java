package dev.darkroom.media.child;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/// Draws how loud a recording is over its time, as a row of bars around a middle line.
final class WaveformPicture {

    /// One bar for each.
    static final int PARTS = 96;

    private static final int WIDTH = 1_024;
    private static final int HEIGHT = 512;
    private static final int MARGIN = 32;
    private static final Color GROUND = new Color(0x1a171d);
    private static final Color INNER = new Color(0xff5a3c);
    private static final Color OUTER = new Color(0xffb08a);

    private WaveformPicture() {}

    /// @param peaks 0 to 1 each; the loudest fills the height
    static Pixels draw(float[] peaks) {
        float loudest = 0.02f; // what is almost silent shall look so
        for (float peak : peaks) {
            loudest = Math.max(loudest, peak);
        }
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        double step = (WIDTH - 2.0 * MARGIN) / peaks.length;
        double thickness = step * 0.6;
        graphics.setStroke(
                new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        int middle = HEIGHT / 2;
        graphics.setPaint(new GradientPaint(0, middle, INNER, 0, MARGIN, OUTER, true));
        for (int i = 0; i < peaks.length; i++) {
            int x = (int) Math.round(MARGIN + (i + 0.5) * step);
            int half =
                    (int) Math.round(Math.sqrt(peaks[i] / loudest) * (middle - MARGIN - thickness));
            graphics.drawLine(x, middle - half, x, middle + half);
        }
        graphics.dispose();
        int[] argb = image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
        return new Pixels(WIDTH, HEIGHT, argb);
    }
}
