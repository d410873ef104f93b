using System.Text;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;

namespace Governance.Audit.Answers;

/// <summary>Gives a model output policies and limits of its own.</summary>
public sealed class ChooseOutputPolicy(RecordOutputPolicy record)
{
    /// <summary>Chooses; tightening only, loosening is for two administrators.</summary>
    /// <param name="actor">Who chooses.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="pack">What shall count from now on.</param>
    /// <param name="reference">The data set whose rows say what is legal; null for that of the latest evidence.</param>
    /// <param name="reason">In their words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<ProtectionOutcome> RunAsync(
        Actor actor, string model, OutputPolicies pack, string? reference, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return record.RunAsync(
            actor, model, Encoding.UTF8.GetString(pack.ToJson()), reference, last => pack.IsLooserThan(Of(last)), reason, cancellationToken);
    }

    /// <summary>The pack that a choice on record says; null stands for the built-in one.</summary>
    public static OutputPolicies Of(string? policy) =>
        policy is null ? OutputPolicies.Default : OutputPolicies.Read(Encoding.UTF8.GetBytes(policy));
}
