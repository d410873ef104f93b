using System.Text.Json.Serialization;

namespace Governance.Audit.Theft.Attacks;

/// <summary>What attacks on a model came to: the body of <c>governance redteam</c>.</summary>
public sealed record RedTeamReport
{
    /// <summary>"classes" or "value".</summary>
    public required string Task { get; init; }

    /// <summary>The model's class: linear, small or other.</summary>
    public required string Release { get; init; }

    /// <summary>Unknowns of a linear copy, the constant included: M + 1.</summary>
    public required int Unknowns { get; init; }

    /// <summary>The name and number of the output policy.</summary>
    public required string Policy { get; init; }

    /// <summary>Days that a thief took at most.</summary>
    public required int Days { get; init; }

    /// <summary>Rows on which copies were judged, that no thief had seen.</summary>
    public required int JudgedRows { get; init; }

    /// <summary>Rows of the thief's own.</summary>
    public required int OwnRows { get; init; }

    /// <summary>Rows of the published profile, that detectors are calibrated on.</summary>
    public required int ReferenceRows { get; init; }

    /// <summary>The fidelity of a copy that always says the same: what copying is worth nothing below. 0 for a value.</summary>
    public required double BaseRate { get; init; }

    /// <summary>The fidelity reached by audience, against that without any protection.</summary>
    public required IReadOnlyList<RedTeamMetric> Metrics { get; init; }

    /// <summary>Each attack on each terms; without protection first.</summary>
    public required IReadOnlyList<AttackResult> Attacks { get; init; }

    /// <summary>Whether answers tell which rows were trained on; empty where it was not tested.</summary>
    public required IReadOnlyList<MembershipFigures> Membership { get; init; }

    /// <summary>What a reader must know besides.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>A figure of the red team with protection beside the same without.</summary>
/// <param name="Name">Such as theft.fidelity.consumer.</param>
/// <param name="A">Without protection; null where it is not defined.</param>
/// <param name="B">With protection; null where it is not defined, such as questions until an alarm where none was raised.</param>
/// <param name="Difference">Second less first.</param>
/// <param name="Interval">[low, high] of the difference; null where none is known.</param>
/// <param name="Verdict">"b-better" where protection lowers the figure, "a-better" where it raises it, "same", else "undecided".</param>
/// <param name="BInterval">[low, high] of <paramref name="B"/>; null where none is known.</param>
/// <param name="N">The rows behind it.</param>
/// <param name="Attack">The attack that reached <paramref name="B"/>; null where there is none.</param>
public sealed record RedTeamMetric(
    string Name, double? A, double? B, double? Difference, IReadOnlyList<double>? Interval, string Verdict,
    IReadOnlyList<double>? BInterval, long N, string? Attack);

/// <summary>One attack on the terms of one audience.</summary>
public sealed record AttackResult
{
    /// <summary>The attack's name.</summary>
    public required string Attack { get; init; }

    /// <summary>On whose terms: an audience, or off.</summary>
    public required string Role { get; init; }

    /// <summary>Why it was not run; null where it was. The figures below are then 0 or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Skipped { get; init; }

    /// <summary>Questions answered, repeats included.</summary>
    public int Queries { get; init; }

    /// <summary>Different questions answered.</summary>
    public int Distinct { get; init; }

    /// <summary>Of these, answers that showed more than a decision.</summary>
    public int Scored { get; init; }

    /// <summary>Units spent.</summary>
    public int Units { get; init; }

    /// <summary>Days that it took.</summary>
    public int Days { get; init; }

    /// <summary>The budget that refused further questions: linear, lifetime, day, model; kind where such questions are not answered; null where the thief was through.</summary>
    public string? RefusedBy { get; init; }

    /// <summary>The question, from 1, at which a detector raised an alarm; null for none.</summary>
    public int? AlarmAt { get; init; }

    /// <summary>How the best copy was made.</summary>
    public string? Family { get; init; }

    /// <summary>The share of judged rows that the copy decides as the model; of a value R². Null where nothing was answered.</summary>
    public double? Fidelity { get; init; }

    /// <summary>[low, high]; null where there is none.</summary>
    public IReadOnlyList<double>? FidelityInterval { get; init; }

    /// <summary>R² of the copied score; null where it is not defined.</summary>
    public double? R2 { get; init; }

    /// <summary>[low, high]; null where there is none.</summary>
    public IReadOnlyList<double>? R2Interval { get; init; }

    /// <summary>The relative error of the copied weights; null unless model and copy are linear.</summary>
    public double? ParameterError { get; init; }
}

/// <summary>Membership inference on the terms of one audience.</summary>
/// <param name="Role">An audience, or off.</param>
/// <param name="Method">loss or confidence.</param>
/// <param name="Auc">0.5 tells nothing; null where no score is released.</param>
/// <param name="AucInterval">[low, high]; null where there is none.</param>
/// <param name="Caught">The share of training rows found at 1 % false alarms.</param>
/// <param name="CaughtInterval">[low, high]; null where there is none.</param>
/// <param name="Members">Training rows asked about.</param>
/// <param name="Others">Other rows asked about.</param>
public sealed record MembershipFigures(
    string Role, string Method, double? Auc, IReadOnlyList<double>? AucInterval, double? Caught, IReadOnlyList<double>? CaughtInterval, int Members, int Others);
