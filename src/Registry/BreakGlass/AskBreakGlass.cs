using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.BreakGlass;

/// <summary>Asks for one right on one model in an emergency.</summary>
public sealed class AskBreakGlass(AppendGate gate, RegistryOptions options)
{
    /// <summary>Asks; everyone with a role may, for what <see cref="BreakGlassPolicy"/> does not exclude.</summary>
    /// <param name="actor">A person.</param>
    /// <param name="right">The right that they need.</param>
    /// <param name="model">The model's name; the answer does not tell whether there is one.</param>
    /// <param name="reason">Why, in their own words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    /// <exception cref="ArgumentException">The actor is the system.</exception>
    public Task<BreakGlassOutcome> RunAsync(
        Actor actor, Right right, string model, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person asks for break-glass.", nameof(actor));
        PersonalText? text = BreakGlassTexts.Write(reason);
        return gate.RunAsync<BreakGlassOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            string name = model.Trim();
            Refusal? refusal = BreakGlassPolicy.RefusalToAsk(standing.Person!, right)
                ?? (!NameRule.Fits(name) ? new Refusal("bad-name", "Name the model as it stands in its address.") : null)
                ?? (text is null ? BreakGlassTexts.Missing : null);
            if (refusal is not null)
            {
                return new BreakGlassOutcome.Refused(refusal);
            }

            BreakGlassRequest request = new(
                BreakGlassId.New(), person, right, name, text!.Digest, change.Now, change.Now + options.BreakGlassWait);
            change.Add(request, "break-glass.asked", await BreakGlassTexts.ScopeAsync(change.Db, name, cancellationToken), text);
            return new BreakGlassOutcome.Recorded(request);
        }, cancellationToken);
    }
}

/// <summary>What came of a step of break-glass.</summary>
public abstract record BreakGlassOutcome
{
    private BreakGlassOutcome()
    {
    }

    /// <summary>It is recorded.</summary>
    public sealed record Recorded(BreakGlassRequest Request) : BreakGlassOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : BreakGlassOutcome;
}
