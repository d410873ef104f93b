using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations.Players;

public sealed class PlayerPlanTests
{
    // A picture of 2 channels of 5 × 4 and two numbers beside it.
    private static readonly RowEncoder Encoder = Encode([2, 5, 4]);

    private static readonly InputBatch Rows = Batch([2, 5, 4]);

    [Fact]
    public void Patches_cover_every_element_once_and_are_smaller_at_the_edge()
    {
        PlayerPlan plan = PlayerPlan.Make(PlayerSpec.Parse("patches:2x3"), null, Encoder, Rows);

        Assert.Equal(42, plan.Players.SelectMany(player => player.Elements).Distinct().Count());
        Assert.Equal(42, plan.Players.Sum(player => player.Elements.Count));
        Assert.Equal(
            [
                "rows 0 to 1, columns 0 to 2", "rows 0 to 1, column 3", "rows 2 to 3, columns 0 to 2", "rows 2 to 3, column 3",
                "row 4, columns 0 to 2", "row 4, column 3", "age", "income",
            ],
            plan.Players.Select(player => player.Name));
        Assert.Equal([12, 4, 12, 4, 6, 2, 1, 1], plan.Players.Select(player => player.Elements.Count));

        // Row 2, column 3 of channel 1 lies at (1 × 5 + 2) × 4 + 3.
        Assert.Contains(new PlayerElement(0, 31), plan.Players[3].Elements);
        Assert.Contains("p31", plan.Players[3].Members!);
    }

    [Fact]
    public void A_pixel_holds_all_its_channels_and_a_channel_all_its_pixels()
    {
        IReadOnlyList<Player> pixels = PlayerPlan.Make(PlayerSpec.Parse("pixels"), null, Encoder, Rows).Players;
        IReadOnlyList<Player> channels = PlayerPlan.Make(PlayerSpec.Parse("channels"), null, Encoder, Rows).Players;

        Assert.Equal(22, pixels.Count);
        Assert.Equal([new PlayerElement(0, 5), new PlayerElement(0, 25)], pixels[5].Elements);
        Assert.Equal(["channel 0", "channel 1", "age", "income"], channels.Select(player => player.Name));
        Assert.Equal(Enumerable.Range(20, 20), channels[1].Elements.Select(element => element.Offset));
    }

    [Fact]
    public void Steps_run_along_the_first_dimension_or_the_last()
    {
        RowEncoder encoder = Encode([6, 3]);
        InputBatch rows = Batch([6, 3]);

        IReadOnlyList<Player> first = PlayerPlan.Make(PlayerSpec.Parse("steps:4"), null, encoder, rows).Players;
        IReadOnlyList<Player> last = PlayerPlan.Make(PlayerSpec.Parse("steps@last"), null, encoder, rows).Players;

        Assert.Equal(["steps 0 to 3", "steps 4 to 5", "age", "income"], first.Select(player => player.Name));
        Assert.Equal(Enumerable.Range(0, 12), first[0].Elements.Select(element => element.Offset));
        Assert.Equal([1, 4, 7, 10, 13, 16], last[1].Elements.Select(element => element.Offset));
    }

    [Fact]
    public void A_player_of_one_element_keeps_the_name_of_its_feature()
    {
        IReadOnlyList<Player> players = PlayerPlan.Make(PlayerSpec.Parse("tokens"), null, Encode([4]), Batch([4])).Players;

        Assert.Equal(["p0", "p1", "p2", "p3", "age", "income"], players.Select(player => player.Name));
        Assert.All(players, player => Assert.Null(player.Members));
    }

    [Fact]
    public void The_hierarchy_halves_the_longer_side_and_leaves_other_features_beside()
    {
        PlayerPlan plan = PlayerPlan.Make(PlayerSpec.Parse("patches:1x4"), null, Encoder, Rows);

        // Five rows of patches: 0 and 1 against 2, 3 and 4, then on.
        Assert.Equal([[0, 1, 2, 3, 4], [5], [6]], plan.Hierarchy!.Children.Select(child => child.Leaves.Order().ToArray()));
        Assert.Equal([[0, 1], [2, 3, 4]], plan.Hierarchy.Children[0].Children.Select(child => child.Leaves.Order().ToArray()));
        Assert.Equal([[2], [3, 4]], plan.Hierarchy.Children[0].Children[1].Children.Select(child => child.Leaves.Order().ToArray()));
    }

    [Fact]
    public void Windows_slide_by_one_patch_and_hide_other_features_alone()
    {
        PlayerPlan plan = PlayerPlan.Make(PlayerSpec.Parse("patches:2"), 4, Encoder, Rows);

        // 3 × 2 patches, windows of 2 × 2.
        Assert.Equal([[0, 1, 2, 3], [2, 3, 4, 5], [6], [7]], plan.Windows!.Select(window => window.Order().ToArray()));
    }

    [Theory]
    [InlineData("patches:2", 3, "a multiple of the side of a player (2), not 3")]
    [InlineData("superpixels:4", 4, "no order to slide along")]
    [InlineData(null, 4, "say which with --players")]
    public void A_window_that_does_not_fit_is_refused(string? players, int window, string words)
    {
        InputException refusal = Assert.Throws<InputException>(() => PlayerPlan.Make(PlayerSpec.Parse(players), window, Encoder, Rows.Slice(0, 1)));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Superpixels_of_several_pictures_and_players_that_no_input_has_are_refused()
    {
        Assert.Contains("one row at a time", Refusal("superpixels:4", Encoder, Rows), StringComparison.Ordinal);
        Assert.Contains("no line of tokens", Refusal("tokens", Encode([2, 5, 4], beside: false), Batch([2, 5, 4], beside: false)), StringComparison.Ordinal);
        Assert.Contains("no picture", Refusal("patches:2", Encode([4]), Batch([4])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_across_a_picture_and_other_features_is_refused()
    {
        RowEncoder torn = new(Encoder.Signature, Encoder.Encoding with { Groups = new Dictionary<string, IReadOnlyList<string>> { ["mixed"] = ["p0", "age"] } });

        Assert.Contains("'mixed' holds parts of a picture", Refusal("patches:2", torn, Rows), StringComparison.Ordinal);
    }

    private static string Refusal(string players, RowEncoder encoder, InputBatch rows) =>
        Assert.Throws<InputException>(() => PlayerPlan.Make(PlayerSpec.Parse(players), null, encoder, rows)).Message;

    private static InputBatch Batch(int[] shape, bool beside = true)
    {
        int size = shape.Aggregate(1, (product, side) => product * side);
        int[] values = [.. Enumerable.Range(0, 2 * size).Select(i => i % 7)];
        InputTensor picture = new("x", shape.Length == 1 ? Array.ConvertAll(values, value => (long)value) : Array.ConvertAll(values, value => (float)value), size, shape);
        return new InputBatch(beside ? [picture, new InputTensor("n", (float[])[1, 2, 3, 4], 2, [2])] : [picture]);
    }

    private static RowEncoder Encode(int[] shape, bool beside = true)
    {
        int size = shape.Aggregate(1, (product, side) => product * side);
        string pixels = string.Join(',', Enumerable.Range(0, size).Select(i => $$"""{"name":"p{{i}}"}"""));
        string numbers = beside ? """,{"name":"n","features":[{"name":"age"},{"name":"income"}]}""" : "";
        ModelEncoding encoding = ModelEncoding.Read(Encoding.UTF8.GetBytes($$"""{"inputs":[{"name":"x","features":[{{pixels}}]}{{numbers}}]}"""));
        InputSpec[] inputs = [new InputSpec("x", shape.Length == 1 ? TensorKind.Int64 : TensorKind.Float, shape, 0), .. beside ? (InputSpec[])[new InputSpec("n", TensorKind.Float, [2], 0)] : []];
        return new RowEncoder(new ModelSignature(inputs, []), encoding);
    }
}
