using System.Text.Json.Serialization;
using Governance.Audit.Performance;

namespace Governance.Audit.Comparisons;

/// <summary>Two versions' predictions of the same rows side by side: the body of <c>governance compare</c>.</summary>
/// <remarks>Differences are always the second version less the first.</remarks>
public sealed record ComparisonReport
{
    /// <summary>What the first is called.</summary>
    public required string A { get; init; }

    /// <summary>What the second is called.</summary>
    public required string B { get; init; }

    /// <summary>binary, multiclass or regression.</summary>
    public required string Task { get; init; }

    /// <summary>The positive class of a binary task, else null.</summary>
    public string? Positive { get; init; }

    /// <summary>Whether it is known what was true; without, there are no metrics.</summary>
    public bool Labelled { get; init; } = true;

    /// <summary>Rows that have both predictions, and a label where there are any.</summary>
    public required int Count { get; init; }

    /// <summary>Where intervals come from: analytic, bootstrap or bca.</summary>
    public required IntervalMethod Interval { get; init; }

    /// <summary>The confidence level of all intervals.</summary>
    public required double Level { get; init; }

    /// <summary>Metric by metric.</summary>
    public required IReadOnlyList<ComparedMetric> Metrics { get; init; }

    /// <summary>Which rows only one of them got right; null for regression and for weighted rows.</summary>
    public DiscordantRows? Discordant { get; init; }

    /// <summary>The rows that the two decide differently; null for regression.</summary>
    public DecisionFlips? Flips { get; init; }

    /// <summary>How far the two agree beyond chance; null for regression.</summary>
    public AnswerAgreement? Agreement { get; init; }

    /// <summary>The same by protected group, and whether a group's share of positive decisions moved.</summary>
    public IReadOnlyList<GroupFlips> Groups { get; init; } = [];

    /// <summary>How alike the scores or predicted numbers are; null where there are none of one kind in both.</summary>
    public ScoreLikeness? Scores { get; init; }

    /// <summary>How far the second's scores or values lie above the first's, row by row; null where <see cref="Scores"/> is.</summary>
    public ScoreShift? Shift { get; init; }

    /// <summary>The same by protected group; empty where there is no <see cref="Shift"/>.</summary>
    public IReadOnlyList<GroupShift> Shifts { get; init; } = [];

    /// <summary>Both scores or values row by row, counted on a grid; null with several classes and without scores.</summary>
    [JsonIgnore]
    public ScoreGrid? Grid { get; init; }

    /// <summary>The first's scores against observed shares; empty where it has no score of the positive class.</summary>
    [JsonIgnore]
    public IReadOnlyList<CalibrationBin> CalibrationA { get; init; } = [];

    /// <summary>The second's.</summary>
    [JsonIgnore]
    public IReadOnlyList<CalibrationBin> CalibrationB { get; init; } = [];

    /// <summary>What is not defined, and why, of either.</summary>
    public required IReadOnlyList<UndefinedScore> Undefined { get; init; }
}

/// <summary>One metric of two versions on the same rows.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="A">The first's; null where undefined.</param>
/// <param name="B">The second's; null where undefined.</param>
/// <param name="Difference">Second less first.</param>
/// <param name="Interval">[low, high] of the difference; null where none is known, or where the two never differ.</param>
/// <param name="PValue">Two-sided, that the two do not differ; null without a test.</param>
/// <param name="Test">mcnemar-mid-p, delong or paired-normal; null without a test.</param>
/// <param name="Verdict">"b-better", "a-better", "same" where no row moves it, else "undecided".</param>
public sealed record ComparedMetric(
    string Name, double? A, double? B, double? Difference, IReadOnlyList<double>? Interval, double? PValue, string? Test, string Verdict);

/// <summary>McNemar's table.</summary>
/// <param name="OnlyA">Rows that only the first got right.</param>
/// <param name="OnlyB">Rows that only the second got right.</param>
/// <param name="Both">Rows that both got right.</param>
/// <param name="Neither">Rows that neither got right.</param>
/// <param name="ChiSquare">Without continuity correction; null without a discordant row.</param>
/// <param name="ExactP">Two-sided.</param>
/// <param name="MidP">Two-sided, the observed table counted half.</param>
public sealed record DiscordantRows(long OnlyA, long OnlyB, long Both, long Neither, double? ChiSquare, double ExactP, double MidP);

/// <summary>Rows that two versions decide differently.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Share">Of all rows, in [0, 1].</param>
/// <param name="Interval">Of the share.</param>
/// <param name="Moves">From the first's class to the second's, the most frequent first.</param>
public sealed record DecisionFlips(int Count, double Share, IReadOnlyList<double>? Interval, IReadOnlyList<FlipMove> Moves);

/// <summary>A move from one class to another.</summary>
public sealed record FlipMove(string From, string To, int Count);

/// <summary>The flips of one protected group.</summary>
/// <param name="Attribute">The column.</param>
/// <param name="Group">Its level.</param>
/// <param name="Count">Rows of the group.</param>
/// <param name="Flips">Rows decided differently.</param>
/// <param name="Share">Their share; null without rows.</param>
/// <param name="Interval">Of the share.</param>
/// <param name="Gained">Rows that the second gives the favourable outcome and the first did not; null with several classes.</param>
/// <param name="Lost">Rows that only the first gave it; null with several classes.</param>
/// <param name="PValue">McNemar's mid-p that as many were gained as lost; null with several classes.</param>
/// <param name="AdjustedPValue">By Holm over the groups of the attribute.</param>
/// <param name="AccuracyA">The first's; null without rows or labels.</param>
/// <param name="AccuracyB">The second's; null without rows or labels.</param>
/// <param name="Verdict">"gains", "loses", "undecided", or "too few rows".</param>
public sealed record GroupFlips(
    string Attribute, string Group, int Count, int Flips, double? Share, IReadOnlyList<double>? Interval, int? Gained, int? Lost,
    double? PValue, double? AdjustedPValue, double? AccuracyA, double? AccuracyB, string Verdict)
{
    /// <summary>The share to which the first gives the favourable outcome; null with several classes and without rows.</summary>
    [JsonIgnore]
    public double? FavourableA { get; init; }

    /// <summary>The share to which the second gives it; null with several classes and without rows.</summary>
    [JsonIgnore]
    public double? FavourableB { get; init; }

    /// <summary>Of the second's share less the first's, paired; null where they are.</summary>
    [JsonIgnore]
    public IReadOnlyList<double>? ShiftInterval { get; init; }
}

/// <summary>How alike two columns of numbers are.</summary>
/// <param name="Correlation">Pearson's; null where one of them does not vary.</param>
/// <param name="MeanDistance">The mean absolute difference.</param>
/// <param name="LargestDistance">The largest.</param>
public sealed record ScoreLikeness(double? Correlation, double MeanDistance, double LargestDistance);
