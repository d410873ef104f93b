using System.Text;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Protection;

/// <summary>The output policies and limits of one model, in place of the built-in ones. Written once; the latest counts.</summary>
public sealed class OutputPolicyChoice : IFact, IAppendOnly
{
    /// <summary>The longest policy, in UTF-16 code units.</summary>
    public const int MaxPolicyLength = 20_000;

    /// <summary>Records a choice.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="model">Of which model.</param>
    /// <param name="policy">JSON that the audit's reader accepted.</param>
    /// <param name="reference">The name of the data set whose rows say what is legal; null for that of the latest evidence.</param>
    /// <param name="reason">Digest of why.</param>
    /// <param name="chosenBy">Who chose; null for the system.</param>
    /// <param name="chosenAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">The policy is blank or too long.</exception>
    public OutputPolicyChoice(
        OutputPolicyChoiceId id, ModelId model, string policy, string? reference, FactDigest reason, UserId? chosenBy,
        DateTimeOffset chosenAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policy);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(policy.Length, MaxPolicyLength, nameof(policy));
        Id = id;
        Model = model;
        Policy = policy;
        Reference = reference;
        Reason = reason;
        ChosenBy = chosenBy;
        ChosenAt = chosenAt;
    }

    public OutputPolicyChoiceId Id { get; private init; }

    public ModelId Model { get; private init; }

    public string Policy { get; private init; }

    public string? Reference { get; private init; }

    public FactDigest Reason { get; private init; }

    public UserId? ChosenBy { get; private init; }

    public DateTimeOffset ChosenAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.OutputPolicy, Id.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["model"] = Model.ToString(),
        ["policy"] = FactDigest.Of(Encoding.UTF8.GetBytes(Policy)).Hex,
        ["reference"] = Reference,
        ["reason"] = Reason.Hex,
        ["chosenBy"] = ChosenBy?.ToString(),
        ["chosenAt"] = Microseconds.Iso(ChosenAt),
    };
}
