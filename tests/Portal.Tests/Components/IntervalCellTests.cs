using Governance.Portal.Components.Parts;
using Governance.Registry.Policies;

namespace Governance.Portal.Tests.Components;

public sealed class IntervalCellTests
{
    private static readonly IntervalScale Scale = new(0.6, 1.2);

    [Fact]
    public async Task Reads_as_a_sentence_for_those_who_do_not_see_it()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<IntervalCell>(
            ("Scale", Scale), ("Label", "Black women, ratio"), ("Value", 0.734), ("Low", 0.704), ("High", 0.765),
            ("AtLeast", 0.8), ("Verdict", GateVerdict.Breaches));

        host.ByRole("img", "Black women, ratio: 0.734 [0.704, 0.765], limit at least 0.800, breaches");
    }

    [Fact]
    public async Task Places_the_interval_and_the_limit_in_percent_of_the_column()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<IntervalCell>(
            ("Scale", Scale), ("Label", "ratio"), ("Value", 0.75), ("Low", 0.6), ("High", 0.9), ("AtLeast", 0.9));

        AngleSharp.Dom.IElement bar = host.Document.QuerySelector("line.bar")!;
        Assert.Equal(("0%", "50%"), (bar.GetAttribute("x1"), bar.GetAttribute("x2")));
        Assert.Equal("25%", host.Document.QuerySelector("circle")!.GetAttribute("cx"));
        AngleSharp.Dom.IElement region = host.Document.QuerySelector("rect.ok")!;
        Assert.Equal(("50%", "50%"), (region.GetAttribute("x"), region.GetAttribute("width")));
    }

    [Fact]
    public async Task Draws_no_mark_where_the_value_is_undefined()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<IntervalCell>(
            ("Scale", Scale), ("Label", "ratio"), ("Value", null));

        Assert.Null(host.Document.QuerySelector("circle"));
        host.ByRole("img", "ratio: undefined");
    }

    [Fact]
    public void A_scale_holds_every_finite_value_with_room_to_spare()
    {
        IntervalScale scale = IntervalScale.Around([0.5, null, double.NaN, 1.5]);

        Assert.Equal(0.45, scale.Min, 1e-12);
        Assert.Equal(1.55, scale.Max, 1e-12);
    }

    [Fact]
    public void Ticks_are_round_and_inside()
    {
        IReadOnlyList<double> ticks = Scale.Ticks();

        Assert.Equal([0.6, 0.8, 1.0, 1.2], ticks.Select(tick => Math.Round(tick, 9)));
    }
}
