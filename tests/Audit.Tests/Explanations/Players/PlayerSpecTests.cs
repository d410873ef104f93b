using Governance.Audit.Data;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Inference;
using Governance.Audit.Pictures;

namespace Governance.Audit.Tests.Explanations.Players;

public sealed class PlayerSpecTests
{
    [Theory]
    [InlineData("pixels", PlayerKind.Pixels, 1, 1, false)]
    [InlineData(" patches:4 ", PlayerKind.Patches, 4, 4, false)]
    [InlineData("patches:2x8", PlayerKind.Patches, 2, 8, false)]
    [InlineData("superpixels:12", PlayerKind.Superpixels, 12, 1, false)]
    [InlineData("steps", PlayerKind.Steps, 1, 1, false)]
    [InlineData("steps:3@last", PlayerKind.Steps, 3, 1, true)]
    [InlineData("channels", PlayerKind.Channels, 1, 1, false)]
    [InlineData("channels@last", PlayerKind.Channels, 1, 1, true)]
    [InlineData("tokens:2", PlayerKind.Tokens, 2, 1, false)]
    public void Reads_what_a_person_writes_and_writes_it_again(string text, PlayerKind kind, int down, int across, bool last)
    {
        PlayerSpec spec = PlayerSpec.Parse(text)!;

        Assert.Equal((kind, down, last), (spec.Kind, spec.Down, spec.StepsLast));
        Assert.True(spec.Across == across || kind is PlayerKind.Superpixels or PlayerKind.Steps or PlayerKind.Tokens);
        Assert.Equal(text.Trim(), spec.ToString());
        Assert.Equal(spec, PlayerSpec.Parse(spec.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("features")]
    public void Features_are_the_players_where_nothing_is_said(string? text) => Assert.Null(PlayerSpec.Parse(text));

    [Theory]
    [InlineData("patches")]
    [InlineData("patches:0")]
    [InlineData("patches:10001")]
    [InlineData("patches:99999999999")]
    [InlineData("patches:2x")]
    [InlineData("patches:2@last")]
    [InlineData("superpixels:1")]
    [InlineData("superpixels:3x3")]
    [InlineData("pixels:2")]
    [InlineData("steps:2x2")]
    [InlineData("tokens@last")]
    [InlineData("Patches:2")]
    [InlineData("squares")]
    public void Other_words_are_refused(string text) =>
        Assert.Contains($"'{text}' is none of them", Assert.Throws<InputException>(() => PlayerSpec.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_shape_is_seen_as_the_players_need_it()
    {
        Assert.Equal((8, 1, 5), Sides("steps", 8, 5));
        Assert.Equal((5, 1, 8), Sides("steps@last", 8, 5));
        Assert.Equal((16, 1, 1), Sides("tokens", 16));
        Assert.Equal((6, 7, 3), Sides("patches:2", 3, 6, 7));
        Assert.Equal((6, 7, 5), Sides("patches:2", 5, 6, 7));
        Assert.Equal((6, 7, 3), Sides("channels", 6, 7, 3));
        Assert.Null(Layout("tokens", 4, 4));
        Assert.Null(Layout("patches:2", 12));
        Assert.Null(Layout("steps", 1));
    }

    [Fact]
    public void Tokens_are_whole_numbers_or_texts_and_numbers_beside_steps_are_no_sequence()
    {
        InputBatch rows = new(
        [
            new InputTensor("age", new float[3], 3, [3]), new InputTensor("ids", new long[4], 4, [4]), new InputTensor("words", new string[2], 2, [2]),
            new InputTensor("series", new float[10], 10, [5, 2]),
        ]);

        Assert.Equal([false, true, true, false], PlayerSpec.Parse("tokens")!.Layouts(rows).Select(layout => layout is not null));
        Assert.Equal([false, false, false, true], PlayerSpec.Parse("steps")!.Layouts(rows).Select(layout => layout is not null));
        Assert.Equal([true, true, true], PlayerSpec.Parse("steps")!.Layouts(new InputBatch([.. rows.Tensors.Take(3)])).Select(layout => layout is not null));
    }

    private static (int Height, int Width, int Channels) Sides(string players, params int[] shape)
    {
        ImageLayout layout = Layout(players, shape)!;
        return (layout.Height, layout.Width, layout.Channels);
    }

    private static ImageLayout? Layout(string players, params int[] shape)
    {
        int size = shape.Aggregate(1, (product, side) => product * side);
        return PlayerSpec.Parse(players)!.Layouts(new InputBatch([new InputTensor("x", new long[size], size, shape)]))[0];
    }
}
