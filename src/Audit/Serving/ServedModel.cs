using Governance.Audit.Answers;
using Governance.Audit.Inference;
using Governance.Registry.Access;

namespace Governance.Audit.Serving;

/// <summary>A column that a served version reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumeric">Whether its cells are numbers.</param>
public sealed record ServedColumn(string Name, bool IsNumeric);

/// <summary>What a version takes and gives where it is served.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Approved">The numbers of the model's approved versions, ascending.</param>
/// <param name="Inputs">The model's own inputs, free dimensions filled by the encoding.</param>
/// <param name="Columns">The columns that may be sent instead.</param>
/// <param name="Outputs">The tensors that it gives.</param>
/// <param name="Closed">Why it does not answer whoever asks at the moment; null where it does.</param>
public sealed record ServedModel(
    string Model, int Version, IReadOnlyList<int> Approved, IReadOnlyList<InputSpec> Inputs, IReadOnlyList<ServedColumn> Columns,
    IReadOnlyList<ServedOutput> Outputs, AnswerOutcome.Refused? Closed)
{
    /// <summary>Whether whoever asks would be answered.</summary>
    public bool IsReady => Closed is null;
}

/// <summary>What came of asking for a version's description.</summary>
public abstract record ServedModelOutcome
{
    private ServedModelOutcome()
    {
    }

    /// <summary>It is described.</summary>
    public sealed record Described(ServedModel Served) : ServedModelOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ServedModelOutcome;

    /// <summary>The version does not exist for whoever asks.</summary>
    public sealed record NoSuchVersion : ServedModelOutcome;
}
