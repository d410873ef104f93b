using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Yaml;

namespace Governance.Registry.Policies;

/// <summary>Puts a policy pack on record. Nothing is judged by it before it is adopted.</summary>
public sealed class RegisterPack(AppendGate gate)
{
    /// <summary>Records the pack; the same text again is no change.</summary>
    /// <param name="actor">An administrator, or a compliance approver.</param>
    /// <param name="text">YAML.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<PolicyOutcome> RunAsync(Actor actor, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(text);
        PolicyPack pack;
        try
        {
            pack = ReadPolicyPack.Run(text);
        }
        catch (YamlFaultException fault)
        {
            return Task.FromResult<PolicyOutcome>(new PolicyOutcome.Refused(new Refusal("bad-policy", fault.Sentence("policy pack"))));
        }

        return gate.RunAsync<PolicyOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (standing.Person is not null && !PolicyRights.MayPropose(standing.Person))
            {
                return new PolicyOutcome.Refused(NoRight);
            }

            PackText? known = await PolicyQueries.FindAsync(change.Db, pack.Name, pack.Number, cancellationToken);
            if (known is not null)
            {
                return known.Pack.Digest == pack.Digest ? new PolicyOutcome.Done(known.Pack) : new PolicyOutcome.Refused(Taken(pack));
            }

            if (BuiltInPacks.All.Any(built => built.Pack.Name == pack.Name))
            {
                return new PolicyOutcome.Refused(new Refusal("built-in", $"'{pack.Name}' is the name of a built-in pack. Give yours another name."));
            }

            RegisteredPack row = new(
                RegisteredPackId.New(), pack.Name, pack.Number, Encoding.UTF8.GetString(pack.CanonicalBytes()), text, actor.User, change.Now);
            change.Add(row, "policy.registered", scope: null);
            return new PolicyOutcome.Done(pack);
        }, cancellationToken);
    }

    internal static Refusal NoRight { get; } =
        new("no-right", "Only an administrator or a compliance approver puts policy packs on record and proposes them.");

    private static Refusal Taken(PolicyPack pack) => new(
        "taken", $"There is a policy pack '{pack.Label}' already, and it says something else. A pack never changes: raise the number.");
}

/// <summary>What came of a change of policies.</summary>
public abstract record PolicyOutcome
{
    private PolicyOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    /// <param name="Pack">The pack that it is about.</param>
    public sealed record Done(PolicyPack Pack) : PolicyOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : PolicyOutcome;
}
