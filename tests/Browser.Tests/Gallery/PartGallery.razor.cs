using Governance.Portal.Components.Parts;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Browser.Tests.Gallery;

/// <summary>Invented figures for every part.</summary>
public sealed partial class PartGallery
{
    private static readonly GateVerdict?[] Verdicts = [GateVerdict.Meets, GateVerdict.Breaches, GateVerdict.Inconclusive, null];

    private static readonly string[] TierNames = ["Low", "Medium", "High", "Critical"];

    private static readonly StageStep[] Steps =
    [
        new("Draft", "3 to 15 Nov, L. Brandt", StepState.Done), new("In review", "6 days, 2 of 3 reviewers done", StepState.Now),
        new("Approved", "needs 2 approvers", StepState.Ahead), new("Retired", "not planned", StepState.Ahead),
    ];

    private static readonly TabLink[] Links =
    [
        new("Overview", "#overview", false), new("Explain", "#explain", false),
        new("Fairness", "#fairness", true) { Mark = GateVerdict.Breaches, Note = "has a breach" },
        new("Performance", "#performance", false), new("Evidence", "#evidence", false),
        new("Sign-off", "#sign-off", false), new("History", "#history", false),
    ];

    private static readonly TabLink[] Metrics = [new("Impact ratio", "#ratio", true), new("Error rates", "#errors", false)];

    private static readonly IntervalScale Scale = new(0.55, 1.25);

    private static readonly (string Group, int N, double Value, double Low, double High, GateVerdict? Verdict, string Why)[] Groups =
    [
        ("Black or African American", 4386, 0.791, 0.771, 0.812, GateVerdict.Inconclusive, "n ≈ 30,000 would decide"),
        ("Asian", 3902, 1.025, 1.006, 1.045, GateVerdict.Meets, ""),
        ("Two or more minority races", 22, 0.858, 0.625, 1.176, GateVerdict.Inconclusive, "below n = 30"),
        ("Black women", 1902, 0.734, 0.704, 0.765, GateVerdict.Breaches, "below the 0.80 limit"),
    ];

    private static readonly (string Name, string Stage, string Owner, int Count)[] Models =
        [("hmda-approval", "In review", "M. Okafor", 15), ("heloc-line", "Approved", "L. Brandt", 3), ("early-arrears", "Draft", "S. Ibáñez", 9)];

    private static readonly TimelineEntry[] History =
    [
        new(new DateTimeOffset(2026, 11, 3, 9, 12, 0, TimeSpan.Zero), "Fairness gate became inconclusive", "ratio 0.811 [0.787, 0.836]") { Verdict = GateVerdict.Inconclusive },
        new(new DateTimeOffset(2026, 3, 12, 16, 0, 0, TimeSpan.Zero), "v14 approved by T. Nakamura and E. Fonseca", "38 items, 52c1f08b") { IsSignature = true },
        new(new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.Zero), "v14 registered by L. Brandt"),
    ];

    private static TableColumn<(string Group, int N, double Value, double Low, double High, GateVerdict? Verdict, string Why)>[] GroupColumns { get; } =
    [
        new("Group", row => Text(row.Group)) { IsRowHead = true },
        new("n", row => Text($"{row.N:N0}")) { IsNumber = true, Class = "ncol" },
        new("Ratio against limit", row => builder =>
        {
            builder.OpenComponent<IntervalCell>(0);
            builder.AddComponentParameter(1, "Scale", Scale);
            builder.AddComponentParameter(2, "Label", row.Group);
            builder.AddComponentParameter(3, "Value", row.Value);
            builder.AddComponentParameter(4, "Low", row.Low);
            builder.AddComponentParameter(5, "High", row.High);
            builder.AddComponentParameter(6, "AtLeast", 0.8);
            builder.AddComponentParameter(7, "Neutral", 1.0);
            builder.AddComponentParameter(8, "Verdict", row.Verdict);
            builder.CloseComponent();
        })
        { Class = "plotcol" },
        new("Ratio [95 %]", row => Text($"{row.Value:N3} [{row.Low:N3}, {row.High:N3}]")) { IsNumber = true, Class = "ivcol" },
        new("Verdict", row => builder =>
        {
            builder.OpenComponent<VerdictMark>(0);
            builder.AddComponentParameter(1, "Of", row.Verdict);
            builder.CloseComponent();
        })
        { Class = "vcol" },
        new("Why", row => Text(row.Why)) { Class = "why" },
    ];

    private static TableColumn<(string Name, string Stage, string Owner, int Count)>[] ModelColumns { get; } =
    [
        new("Model", row => Text(row.Name)) { IsRowHead = true, SortBy = row => row.Name },
        new("Stage", row => Text(row.Stage)) { SortBy = row => row.Stage },
        new("Owner", row => Text(row.Owner)) { SortBy = row => row.Owner },
        new("Versions", row => Text($"{row.Count}")) { IsNumber = true, SortBy = row => row.Count },
    ];

    private static RenderFragment Text(string text) => builder => builder.AddContent(0, text);
}
