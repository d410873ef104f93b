using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;

namespace Governance.Audit.Tests.Explanations.Profiles;

public sealed class EffectLayersTests
{
    [Fact]
    public void Each_layer_is_what_its_own_run_gives()
    {
        GivenProfile given = new(GivenProfile.Random(60, 11, "a", "b"), row => Math.Sin(row[0]) * row[1]);
        ProfileAxis axis = given.Axis("a", 7);

        EffectLayers layers = Compute(given, axis, ProfileKind.Ice);

        Same(given.Run(ProfileKind.Ice, [axis]), layers.Dependence);
        Same(given.Run(ProfileKind.Ice, [axis], centred: true), layers.DependenceFromFirst);
        Same(given.Run(ProfileKind.Ale, [axis]), layers.Effects);
        Assert.Equal([(ProfileKind.Ice, false), (ProfileKind.Ice, true)], new[] { layers.Dependence, layers.DependenceFromFirst }.Select(report => (report.Kind, report.Centred!.Value)));
    }

    // An additive model moves every row alike: both layers are its own term, and no other rows would change that.
    [Fact]
    public void Of_an_additive_model_both_changes_are_its_term_without_spread()
    {
        GivenProfile given = new(GivenProfile.Random(80, 12, "a", "b"), row => (row[0] * row[0]) + (3 * row[1]));
        ProfileAxis axis = given.Axis("a", 9);

        EffectLayers layers = Compute(given, axis, ProfileKind.Pdp);

        double first = axis.Numbers![0] * axis.Numbers[0];
        for (int point = 0; point < axis.Points; point++)
        {
            double term = (axis.Numbers[point] * axis.Numbers[point]) - first;
            foreach (ClassProfile profile in new[] { layers.DependenceFromFirst.Profiles[0], layers.EffectsFromFirst.Profiles[0] })
            {
                Assert.Equal(term, profile.Values[point][0], 1e-12);
                Assert.Equal([term, term], profile.Interval[point][0].Select(end => end), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
            }
        }

        Assert.Null(layers.Dependence.Profiles[0].Curves);
    }

    // f = a·b with b a copy of a: partial dependence a·mean(b), accumulated effects a²/2, which is what rows that exist show.
    [Fact]
    public void Where_columns_go_together_the_layers_part()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => 1 + (i / 400.0))];
        GivenProfile given = new(new Table([new NumberColumn("a", values), new NumberColumn("b", values)]), row => row[0] * row[1]);
        ProfileAxis axis = given.Axis("a", 11);

        EffectLayers layers = Compute(given, axis, ProfileKind.Pdp);

        double width = axis.Numbers![^1] - axis.Numbers[0];
        Assert.Equal(width * values.Average(), layers.DependenceFromFirst.Profiles[0].Values[^1][0], 1e-9);
        double integral = ((axis.Numbers[^1] * axis.Numbers[^1]) - (axis.Numbers[0] * axis.Numbers[0])) / 2;
        Assert.Equal(integral, layers.EffectsFromFirst.Profiles[0].Values[^1][0], 0.01);
        Assert.All(layers.EffectsFromFirst.Profiles, profile => Assert.Equal(0, profile.Values[0][0]));
    }

    [Fact]
    public void Levels_missing_cells_and_several_outputs_begin_at_zero_each()
    {
        SeededLevels levels = SeededLevels.Make(90);
        GivenProfile given = new(levels.Table, 2, row => [row[0] + (2 * row[1]), row[2] - row[3]]);
        ProfileAxis axis = given.Axis("job");

        EffectLayers layers = Compute(given, axis, ProfileKind.Ice);

        Assert.Equal(2, layers.DependenceFromFirst.Profiles.Count);
        Assert.All(layers.DependenceFromFirst.Profiles.Concat(layers.EffectsFromFirst.Profiles), profile => Assert.Equal(0, profile.Values[0][0]));
        for (int output = 0; output < 2; output++)
        {
            ClassProfile level = layers.Dependence.Profiles[output];
            ClassProfile change = layers.DependenceFromFirst.Profiles[output];
            Assert.Equal(level.Missing!.Value - level.Values[0][0], change.Missing!.Value, 1e-12);
            Assert.Equal(level.Values.Select(row => row[0] - level.Values[0][0]), change.Values.Select(row => row[0]), (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void Progress_grows_to_one_and_other_requests_are_refused()
    {
        GivenProfile given = new(GivenProfile.Random(40, 13, "a", "b"), row => row[0]);
        Collected progress = new();

        EffectLayers.Compute(Request(given, [given.Axis("a", 5)], ProfileKind.Pdp), progress, TimeProvider.System, default);

        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(1, progress.Values[^1], 1e-12);
        Assert.Throws<InputException>(() => EffectLayers.Compute(Request(given, [given.Axis("a", 5), given.Axis("b", 5)], ProfileKind.Pdp), null, TimeProvider.System, default));
        Assert.Throws<ArgumentException>(() => EffectLayers.Compute(Request(given, [given.Axis("a", 5)], ProfileKind.Ale), null, TimeProvider.System, default));
    }

    private static EffectLayers Compute(GivenProfile given, ProfileAxis axis, ProfileKind kind) =>
        EffectLayers.Compute(Request(given, [axis], kind), null, TimeProvider.System, default);

    private static ProfileRequest Request(GivenProfile given, IReadOnlyList<ProfileAxis> axes, ProfileKind kind) => new()
    {
        Model = given.Score,
        Outputs = given.Score(given.Encoded.Slice(0, 1), default).Length,
        Output = "f",
        Rows = given.Encoded,
        Axes = axes,
        Kind = kind,
        Resamples = 20,
        Seed = 3,
    };

    private static void Same(ProfileReport expected, ProfileReport actual)
    {
        Assert.Equal(expected.Kind, actual.Kind);
        Assert.Equal(expected.Profiles[0].Values.Select(row => row[0]), actual.Profiles[0].Values.Select(row => row[0]));
        Assert.Equal(expected.Profiles[0].Interval.SelectMany(row => row[0]), actual.Profiles[0].Interval.SelectMany(row => row[0]));
        Assert.Equal(
            (expected.Profiles[0].Curves ?? []).Select(curve => (curve.Row, string.Join(' ', curve.Values))),
            (actual.Profiles[0].Curves ?? []).Select(curve => (curve.Row, string.Join(' ', curve.Values))));
    }

    private sealed record SeededLevels(Table Table)
    {
        public static SeededLevels Make(int rows) => new(new Table(
        [
            TextColumn.Of("job", [.. Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? null : i % 3 == 0 ? "clerk" : i % 3 == 1 ? "smith" : "baker")]),
            new NumberColumn("b", [.. Enumerable.Range(0, rows).Select(i => (double)(i % 5))]),
        ]));
    }

    private sealed class Collected : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
