using Governance.Audit.Comparisons;

namespace Governance.Audit.Ensembles;

/// <summary>What an ensemble is made of, and how it does beside its members: the body of <c>governance ensemble</c>.</summary>
public sealed record EnsembleReport
{
    /// <summary>How members are put together.</summary>
    public required Combination Combination { get; init; }

    /// <summary>The members, in the order given.</summary>
    public required IReadOnlyList<MemberReport> Members { get; init; }

    /// <summary>The classes in column order; null for a regression.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Of two classes the one that scores refer to.</summary>
    public string? Positive { get; init; }

    /// <summary>From which score on the positive class is said; null where there is none.</summary>
    public double? Threshold { get; init; }

    /// <summary>The version of ai.onnx that the file imports.</summary>
    public required long Opset { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Made-up rows on which the merged graph was held against its members.</summary>
    public required int ProofRows { get; init; }

    /// <summary>The largest difference found there.</summary>
    public required double LargestDifference { get; init; }

    /// <summary>The trained model of a stacked ensemble, else null.</summary>
    public StackingReport? Stacking { get; init; }

    /// <summary>How the ensemble does beside its members; null without labelled rows.</summary>
    public EnsembleJudgement? Judged { get; init; }
}

/// <summary>One member.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Sha256">Of its file.</param>
/// <param name="Bytes">Of its file.</param>
/// <param name="Share">Its weight, all of them summing to 1; null where a trained model weighs.</param>
public sealed record MemberReport(string Name, string Sha256, long Bytes, double? Share);

/// <summary>The model that a stacked ensemble has learned.</summary>
/// <param name="Rows">Rows learned from.</param>
/// <param name="Penalty">The ridge penalty.</param>
/// <param name="Converged">Whether the fit reached its optimum.</param>
/// <param name="Features">What it reads: of two classes each member's log-odds, of more each log-probability.</param>
/// <param name="Intercepts">Shape [classes]; of two classes one, that of the positive class's log-odds.</param>
/// <param name="Coefficients">Shape [classes][features]; of two classes one row.</param>
/// <param name="Shared">Shape [members]: the one coefficient of each member for all classes; null where each class has its own.</param>
/// <param name="Trial">What chose between one coefficient a member and one a class; null where it was asked for.</param>
public sealed record StackingReport(
    int Rows, double Penalty, bool Converged, IReadOnlyList<string> Features, IReadOnlyList<double> Intercepts,
    IReadOnlyList<IReadOnlyList<double>> Coefficients, IReadOnlyList<double>? Shared = null, StackedTrial? Trial = null);

/// <summary>An ensemble beside its members on the same rows.</summary>
/// <param name="Rows">Labelled rows.</param>
/// <param name="How">"as it is", or "out of fold": each row was said by a stacked model that had not seen it.</param>
/// <param name="Folds">The number of folds; null where there are none.</param>
/// <param name="Seed">Of the folds; null where there are none.</param>
/// <param name="Against">One comparison a member: A the member, B the ensemble.</param>
/// <param name="Disagreement">What disagreement says of errors.</param>
public sealed record EnsembleJudgement(
    int Rows, string How, int? Folds, int? Seed, IReadOnlyList<ComparisonReport> Against, DisagreementReport Disagreement);
