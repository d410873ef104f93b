using System.Globalization;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Policies;

/// <summary>What shall count, for which models, from when.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Number">The pack's number.</param>
/// <param name="Scope">For which models.</param>
/// <param name="From">The first day, in UTC; today or later.</param>
public sealed record NewAdoption(string Pack, int Number, PolicyScope Scope, DateOnly From);

/// <summary>Makes a pack count. Tightening only: what loosens is for two administrators (<see cref="PolicyProposal"/>).</summary>
public sealed class AdoptPolicy(AppendGate gate)
{
    /// <summary>Adopts.</summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="wanted">What shall count.</param>
    /// <param name="reason">Why, in their own words.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<PolicyOutcome> RunAsync(Actor actor, NewAdoption wanted, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wanted);
        return gate.RunAsync<PolicyOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            (PolicyPack? pack, Refusal? refusal, IReadOnlyList<string> looser) = await JudgeAsync(change.Db, wanted, cancellationToken);
            PersonalText? text = string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > PersonalText.MaxLength ? null : PersonalText.Write(reason.Trim());
            Refusal? forbidden = standing.Person is not null && !PolicyRights.MayAdopt(standing.Person) ? RightsRefusals.For(Right.Administer)
                : refusal is not null ? refusal
                : looser.Count > 0 && standing.Person is not null ? Loosens(looser)
                : text is null ? new Refusal("no-reason", $"Say why, in 1 to {PersonalText.MaxLength} characters: it is kept with the decision.")
                : null;
            if (forbidden is not null)
            {
                return new PolicyOutcome.Refused(forbidden);
            }

            await AddAsync(change, pack!, wanted, text!, cancellationToken);
            return new PolicyOutcome.Done(pack!);
        }, cancellationToken);
    }

    /// <summary>The pack, why nobody may adopt it like this, and what it would loosen.</summary>
    internal static async Task<(PolicyPack? Pack, Refusal? Refusal, IReadOnlyList<string> Looser)> JudgeAsync(
        GovernanceDb db, NewAdoption wanted, CancellationToken cancellationToken)
    {
        if (await PolicyQueries.FindAsync(db, wanted.Pack, wanted.Number, cancellationToken) is not { Pack: var pack })
        {
            return (null, new Refusal("not-found", $"There is no policy pack '{wanted.Pack} {wanted.Number}'."), []);
        }

        string? model = wanted.Scope.Model;
        Models.Model? only = model is null ? null : await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == model, cancellationToken);
        Refusal? refusal = model is not null && only is null ? new Refusal("no-model", $"There is no model '{model}'.")
            : wanted.From < DateOnly.FromDateTime(db.Now.UtcDateTime) ? new Refusal("past", "A policy counts from today or from a later day: what was judged is not judged anew.")
            : !pack.IsEffectiveOn(wanted.From) ? new Refusal("not-effective", string.Create(
                CultureInfo.InvariantCulture,
                $"The pack '{pack.Label}' applies from {pack.EffectiveFrom:yyyy-MM-dd}{(pack.EffectiveTo is DateOnly end ? $" to {end:yyyy-MM-dd}" : "")}, not on {wanted.From:yyyy-MM-dd}."))
            : null;
        if (refusal is not null || pack.Kind == PackKind.Supplement)
        {
            return (pack, refusal, []);
        }

        // For a tier or for all it is what counts there as a rule; models with a pack of their own keep it.
        PolicyInForce now = PolicyInForce.Of(
            await PolicyInForce.ReadAsync(db, cancellationToken),
            scope => only is not null ? scope.Holds(only.Name, only.Tier) : scope.Model is null && (scope.Tier is null || scope.Tier == wanted.Scope.Tier),
            wanted.From);
        return (pack, null, PackLoosening.Of(pack, now.Base));
    }

    internal static async Task AddAsync(
        RegistryChange change, PolicyPack pack, NewAdoption wanted, PersonalText reason, CancellationToken cancellationToken)
    {
        string? name = wanted.Scope.Model;
        Models.Model? model = name is null ? null : await change.Db.Models.AsNoTracking().FirstAsync(row => row.Name == name, cancellationToken);
        change.Add(
            new PolicyAdoption(
                PolicyAdoptionId.New(), pack.Name, pack.Number, pack.Digest, wanted.Scope.ToString(), wanted.From, reason.Digest,
                change.Actor.User, change.Now),
            "policy.adopted", model?.Subject, reason);
    }

    private static Refusal Loosens(IReadOnlyList<string> looser) => new(
        "loosens", $"This loosens the policy that counts: {string.Join(' ', looser.Take(3))}{(looser.Count > 3 ? $" And {looser.Count - 3} more." : "")} "
            + "Loosening takes two administrators: propose it, and let a second one confirm.");
}
