using System.Text;
using System.Text.Json.Nodes;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Proposals;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Audit.Answers;

/// <summary>Loosening a model's output policy: two administrators.</summary>
/// <remarks>The change is <c>{model, policy, reference}</c>: the model's name, the whole pack as text, a data set or null.</remarks>
public sealed class OutputPolicyProposal : IProposedChange
{
    /// <summary>The name of this kind.</summary>
    public const string Name = "output-policy";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The change.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="pack">What shall count.</param>
    /// <param name="reference">The data set whose rows say what is legal; null for that of the latest evidence.</param>
    public static JsonObject Of(string model, OutputPolicies pack, string? reference)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return new JsonObject { ["model"] = model, ["policy"] = Encoding.UTF8.GetString(pack.ToJson()), ["reference"] = reference };
    }

    /// <inheritdoc/>
    public async Task<Refusal?> RefusalForAsync(GovernanceDb db, Holdings holdings, JsonObject what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(holdings);
        ArgumentNullException.ThrowIfNull(what);
        if (!AccessPolicy.Decide(holdings.Person.Roles, Right.Administer, default).Allowed)
        {
            return RightsRefusals.For(Right.Administer);
        }

        string? model = what["model"]?.GetValue<string>();
        string? reference = what["reference"]?.GetValue<string>();
        try
        {
            OutputPolicies.Read(Encoding.UTF8.GetBytes(what["policy"]?.GetValue<string>() ?? ""));
        }
        catch (InputException fault)
        {
            return new Refusal("bad-policy", fault.Message);
        }

        return !await db.Models.AnyAsync(row => row.Name == model, cancellationToken) ? new Refusal("not-found", "There is no such model.")
            : reference is not null && !await db.Datasets.AnyAsync(row => row.Name == reference, cancellationToken)
                ? new Refusal("no-dataset", $"There is no data set '{reference}'.")
            : null;
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(RegistryChange change, JsonObject what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(what);
        string name = what["model"]!.GetValue<string>();
        Model model = await change.Db.Models.FirstAsync(row => row.Name == name, cancellationToken);
        PersonalText reason = PersonalText.Write("Agreed by two administrators.");
        change.Add(
            new OutputPolicyChoice(
                OutputPolicyChoiceId.New(), model.Id, what["policy"]!.GetValue<string>(), what["reference"]?.GetValue<string>(), reason.Digest,
                change.Actor.User, change.Now),
            "output-policy.chosen", model.Subject, reason);
    }

    /// <inheritdoc/>
    public string Sentence(JsonObject what)
    {
        ArgumentNullException.ThrowIfNull(what);
        OutputPolicies pack = OutputPolicies.Read(Encoding.UTF8.GetBytes(what["policy"]!.GetValue<string>()));
        return $"The model {what["model"]} answers by the output policy '{pack.Name}' {pack.Number}, with {pack.Limits.PrincipalDay} units a day and "
            + $"{pack.Limits.PrincipalLifetime} in all for each who asks.";
    }
}
