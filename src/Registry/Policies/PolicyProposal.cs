using System.Globalization;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Proposals;
using Governance.Registry.Storage;

namespace Governance.Registry.Policies;

/// <summary>That a policy pack shall count, by two persons: compliance may propose what tightens, administrators anything.</summary>
/// <remarks>
/// The change is <c>{pack, number, scope, from, proposer}</c>. An administrator confirms; what loosens was proposed by an
/// administrator too, so that it takes two.
/// </remarks>
internal sealed class PolicyProposal : IProposedChange
{
    /// <summary>The name of this kind.</summary>
    public const string Name = "policy";

    public string Kind => Name;

    public static JsonObject Of(NewAdoption wanted, UserId proposer) => new()
    {
        ["pack"] = wanted.Pack,
        ["number"] = wanted.Number,
        ["scope"] = wanted.Scope.ToString(),
        ["from"] = wanted.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["proposer"] = proposer.ToString(),
    };

    public async Task<Refusal?> RefusalForAsync(
        GovernanceDb db, Holdings holdings, JsonObject what, CancellationToken cancellationToken)
    {
        UserId proposer = new(Guid.Parse(what["proposer"]!.GetValue<string>()));
        bool own = holdings.Person.Id == proposer;
        if (!(own ? PolicyRights.MayPropose(holdings.Person) : PolicyRights.MayAdopt(holdings.Person)))
        {
            return own ? RegisterPack.NoRight : RightsRefusals.For(Right.Administer);
        }

        (_, Refusal? refusal, IReadOnlyList<string> looser) = await AdoptPolicy.JudgeAsync(db, Wanted(what, db.Now), cancellationToken);
        Person? first = own ? holdings.Person : await Standing.FindPersonAsync(db, proposer, cancellationToken);
        return refusal is not null ? refusal
            : looser.Count > 0 && (first is null || !PolicyRights.MayAdopt(first))
                ? new Refusal("loosens", $"This loosens the policy that counts: {looser[0]} Loosening takes two administrators, so one of them proposes it.")
            : null;
    }

    public async Task ApplyAsync(RegistryChange change, JsonObject what, CancellationToken cancellationToken)
    {
        NewAdoption wanted = Wanted(what, change.Now);
        (PolicyPack? pack, _, _) = await AdoptPolicy.JudgeAsync(change.Db, wanted, cancellationToken);
        await AdoptPolicy.AddAsync(change, pack!, wanted, PersonalText.Write("Proposed by one person and confirmed by an administrator."), cancellationToken);
    }

    public string Sentence(JsonObject what) =>
        $"The policy pack {what["pack"]} {what["number"]} counts for {(PolicyScope.TryParse(what["scope"]?.GetValue<string>(), out PolicyScope scope) ? scope.Words : "?")} from {what["from"]} on.";

    // A day that passed while the proposal waited becomes the day of the decision.
    private static NewAdoption Wanted(JsonObject what, DateTimeOffset now)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        DateOnly from = DateOnly.ParseExact(what["from"]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        _ = PolicyScope.TryParse(what["scope"]!.GetValue<string>(), out PolicyScope scope);
        return new NewAdoption(what["pack"]!.GetValue<string>(), what["number"]!.GetValue<int>(), scope, from < today ? today : from);
    }
}
