package dev.darkroom.ingest.asset;

import dev.darkroom.database.Sql;
import dev.darkroom.media.AudioFacts;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.schema.AssetType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `audio_tracks`: what sound files say of themselves, in the version that the asset
/// has.
class AudioTracks {
    private static final int TEXT_LENGTH = 500;
    private static final int GENRE_LENGTH = 100;
    private static final int FORMAT_LENGTH = 50;

    static final Sql PUT =
            new Sql(
                    """
                    insert into audio_tracks as t (asset_id, asset_version, title, artist, album, album_artist,
                        genre, year, track_number, duration_seconds, channels, sample_rate, bitrate, format)
                    select a.asset_id, a.version, u.title, u.artist, u.album, u.album_artist, u.genre, u.year,
                        u.track_number, a.duration_seconds, u.channels, u.sample_rate, u.bitrate, u.format
                    from unnest(:ids::uuid[], :titles::text[], :artists::text[], :albums::text[],
                        :albumArtists::text[], :genres::text[], :years::smallint[], :tracks::smallint[],
                        :channels::smallint[], :sampleRates::int[], :bitrates::int[], :formats::text[])
                        as u (asset_id, title, artist, album, album_artist, genre, year, track_number, channels,
                            sample_rate, bitrate, format)
                    join assets a on a.asset_id = u.asset_id
                    on conflict (asset_id) do update set
                        asset_version = excluded.asset_version,
                        title = excluded.title,
                        artist = excluded.artist,
                        album = excluded.album,
                        album_artist = excluded.album_artist,
                        genre = excluded.genre,
                        year = excluded.year,
                        track_number = excluded.track_number,
                        duration_seconds = excluded.duration_seconds,
                        channels = excluded.channels,
                        sample_rate = excluded.sample_rate,
                        bitrate = excluded.bitrate,
                        format = excluded.format
                    where t.asset_version < excluded.asset_version
                    """);

    /// The next version of a sound may be none.
    static final Sql FORGET =
            new Sql("delete from audio_tracks where asset_id = any(:ids::uuid[])");

    private final JdbcClient jdbc;

    AudioTracks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes the rows of those assets that are sounds, in the running transaction.
    void put(List<NewAsset> assets) {
        List<NewAsset> sounds =
                assets.stream().filter(asset -> asset.content().type() == AssetType.AUDIO).toList();
        if (sounds.isEmpty()) {
            return;
        }
        jdbc.sql(PUT.text())
                .param("ids", column(sounds, NewAsset::id))
                .param("titles", column(sounds, AudioTracks::title))
                .param("artists", tag(sounds, TEXT_LENGTH, AudioFacts::artist))
                .param("albums", tag(sounds, TEXT_LENGTH, AudioFacts::album))
                .param("albumArtists", tag(sounds, TEXT_LENGTH, AudioFacts::albumArtist))
                .param("genres", tag(sounds, GENRE_LENGTH, AudioFacts::genre))
                .param("years", tag(sounds, TEXT_LENGTH, AudioFacts::year))
                .param("tracks", tag(sounds, TEXT_LENGTH, AudioFacts::track))
                .param("channels", tag(sounds, TEXT_LENGTH, AudioFacts::channels))
                .param("sampleRates", tag(sounds, TEXT_LENGTH, AudioFacts::sampleRate))
                .param("bitrates", tag(sounds, TEXT_LENGTH, AudioFacts::bitrate))
                .param("formats", tag(sounds, FORMAT_LENGTH, AudioFacts::format))
                .update();
    }

    /// Removes the rows of those assets that are no sounds, in the running transaction.
    void forget(List<NewAsset> assets) {
        List<NewAsset> others =
                assets.stream().filter(asset -> asset.content().type() != AssetType.AUDIO).toList();
        jdbc.sql(FORGET.text()).param("ids", column(others, NewAsset::id)).update();
    }

    /// Its own, or its file's name without the ending.
    private static String title(NewAsset asset) {
        AudioFacts audio = audio(asset);
        String title = audio == null ? null : audio.title();
        String name = asset.fileName();
        int dot = name.lastIndexOf('.');
        String plain = dot > 0 ? name.substring(0, dot) : name;
        return cut(title == null ? plain : title, TEXT_LENGTH);
    }

    private static @Nullable AudioFacts audio(NewAsset asset) {
        MediaFacts facts = asset.content().facts();
        return facts == null ? null : facts.audio();
    }

    private static @Nullable String[] tag(
            List<NewAsset> sounds,
            int length,
            Function<AudioFacts, ? extends @Nullable Object> tag) {
        return column(
                sounds,
                asset -> {
                    AudioFacts audio = audio(asset);
                    Object value = audio == null ? null : tag.apply(audio);
                    return value == null ? null : cut(value.toString(), length);
                });
    }

    private static String cut(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, length));
    }

    private static @Nullable String[] column(
            List<NewAsset> assets, Function<NewAsset, ? extends @Nullable Object> field) {
        @Nullable String[] values = new @Nullable String[assets.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = field.apply(assets.get(i));
            values[i] = value == null ? null : value.toString();
        }
        return values;
    }
}
