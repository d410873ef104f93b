namespace Governance.Audit.Runs;

/// <summary>What the equivalence battery measures where nobody says otherwise.</summary>
public static class EquivalenceDefaults
{
    /// <summary>Rows whose attributions are compared: the interval of a mean rank correlation is then some hundredths wide.</summary>
    public const int ExplainedRows = 50;

    /// <summary>Rows that stand for unknown features; both models are explained with the same.</summary>
    public const int BackgroundRows = 50;

    private const int Samples = 512;

    /// <summary>The options.</summary>
    /// <param name="name">What people recognise the run by.</param>
    /// <param name="parent">The version that is compared with, such as "credit/2".</param>
    /// <param name="evaluation">The data set with labels.</param>
    /// <param name="background">The data set whose rows stand for unknown features.</param>
    public static AuditOptions Of(string name, string parent, string evaluation, string background) => new()
    {
        Name = name,
        Kind = AuditKind.Equivalence,
        Parent = parent,
        Evaluation = evaluation,
        Background = background,
        BackgroundRows = BackgroundRows,
        Explanation = new ExplanationOptions { Rows = ExplainedRows, Samples = Samples, Pick = RowPick.Random },
    };
}
