using Governance.Audit.Findings;
using Governance.Registry.Alarms;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Protection;

/// <summary>The extraction gauge in plain words. Pure.</summary>
internal static class GaugeWords
{
    /// <summary>What the panel begins with.</summary>
    public static string Title(IReadOnlyList<GaugeView> views) => views.Count(view => view.Waits) switch
    {
        > 0 and int count => $"{(count == 1 ? "One of those who ask" : $"{PlainNumbers.Count(count)} of those who ask")} could rebuild the model: your approval is needed",
        _ when views.Any(view => view.Mark is not null) => "Some who ask could rebuild the model, and you decided about them",
        _ when views.Count > 0 => "Nobody who asks could rebuild the model yet",
        _ => "Nobody’s answers were gauged yet",
    };

    /// <summary>A reading.</summary>
    public static string Fidelity(GaugeReading reading) => PlainNumbers.WithInterval(reading.Fidelity, [reading.Low, reading.High]);

    /// <summary>How things stand with one who asks.</summary>
    public static string State(GaugeView view) => view switch
    {
        { Mark: null } => "answered",
        { Decisions: [] } => "waits for the owner",
        { Left: 0 } => "approved units are spent: waits for the owner",
        { Left: long left } => $"approved: {PlainNumbers.Count(left)} unit{(left == 1 ? "" : "s")} left",
        _ => "refused",
    };

    /// <summary>Its mark.</summary>
    public static GateVerdict? MarkOf(GaugeView view) => view switch
    {
        { Mark: null } => null,
        { Waits: true } => GateVerdict.Breaches,
        { Left: not null } => GateVerdict.Meets,
        _ => GateVerdict.Inconclusive,
    };
}
