using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Proposals;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Policies;

public sealed class AdoptPolicyTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static readonly string Strict = BuiltInPacks.Find("default", 2)!.Text
        .Replace("name: default", "name: house", StringComparison.Ordinal).Replace("number: 2", "number: 1", StringComparison.Ordinal)
        .Replace("atMost: 0.03", "atMost: 0.02", StringComparison.Ordinal);

    private static readonly string Loose = Strict.Replace("number: 1", "number: 2", StringComparison.Ordinal)
        .Replace("atMost: 0.02", "atMost: 0.05", StringComparison.Ordinal);

    [DatabaseFact]
    public async Task A_pack_of_a_name_and_number_never_changes()
    {
        await using Given given = await Given.RegistryAsync();
        Assert.IsType<PolicyOutcome.Done>(await RegisterAsync(given, given.Administrator, Strict));

        Assert.IsType<PolicyOutcome.Done>(await RegisterAsync(given, given.Administrator, Strict + "\n# the same again\n"));
        Assert.Equal("taken", Code(await RegisterAsync(given, given.Administrator, Strict.Replace("atMost: 0.02", "atMost: 0.01", StringComparison.Ordinal))));
        Assert.Equal("taken", Code(await RegisterAsync(given, given.Administrator, BuiltInPacks.Find("default", 2)!.Text.Replace("0.03", "0.04", StringComparison.Ordinal))));
        Assert.Equal("built-in", Code(await RegisterAsync(given, given.Administrator, BuiltInPacks.Find("default", 2)!.Text.Replace("number: 2", "number: 9", StringComparison.Ordinal))));
        Assert.Equal("bad-policy", Code(await RegisterAsync(given, given.Administrator, "governance: policy/1\nnmae: x")));
        foreach (UserId user in (UserId[])[given.Developer, given.Reviewer, given.Auditor, given.Operator])
        {
            Assert.Equal("no-right", Code(await RegisterAsync(given, user, Strict)));
        }

        Assert.Equal(["house"], (await given.Get<PolicyQueries>().AllAsync(default)).Where(view => view.RegisteredAt is not null).Select(view => view.Pack.Name));
        await using (GovernanceDb db = given.Db())
        {
            await Assert.ThrowsAnyAsync<Exception>(() => db.PolicyPacks.ExecuteUpdateAsync(set => set.SetProperty(row => row.Number, 7)));
        }

        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task The_narrowest_adoption_counts_from_its_day_on()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync(tier: RiskTier.High);
        await RegisterAsync(given, given.Administrator, Strict);
        string stricter = Strict.Replace("number: 1", "number: 3", StringComparison.Ordinal).Replace("atMost: 0.02", "atMost: 0.01", StringComparison.Ordinal);
        await RegisterAsync(given, given.Administrator, stricter);

        Assert.Null(Code(await AdoptAsync(given, "house", 1, "all", Today.AddDays(10))));
        Assert.Null(Code(await AdoptAsync(given, "house", 3, "model:credit", Today.AddDays(20))));

        foreach ((int days, string pack) in ((int, string)[])[(0, "default 2"), (9, "default 2"), (10, "house 1"), (19, "house 1"), (20, "house 3")])
        {
            Assert.Equal(pack, await InForceAsync(given, model, days));
        }
    }

    [DatabaseTheory]
    [InlineData("house", 7, "all", 0, "not-found")]
    [InlineData("house", 1, "model:nothing", 0, "no-model")]
    [InlineData("house", 1, "all", -1, "past")]
    public async Task Refuses_what_cannot_count(string pack, int number, string scope, int days, string code)
    {
        await using Given given = await Given.RegistryAsync();
        await RegisterAsync(given, given.Administrator, Strict);

        Assert.Equal(code, Code(await AdoptAsync(given, pack, number, scope, Today.AddDays(days))));
    }

    [DatabaseFact]
    public async Task Loosening_takes_two_administrators_and_compliance_may_propose_to_tighten()
    {
        await using Given given = await Given.RegistryAsync();
        UserId second = await given.UserAsync("adm2", Role.Administrator);
        await RegisterAsync(given, given.Approver, Strict);
        await RegisterAsync(given, given.Administrator, Loose);
        Assert.Equal("no-right", Code(await AdoptAsync(given, "house", 1, "all", Today, given.Approver)));

        ProposalId tighten = await ProposeAsync(given, given.Approver, "house", 1);
        Assert.Equal("no-right", await DecideAsync(given, given.SecondApprover, tighten));
        Assert.Null(await DecideAsync(given, given.Administrator, tighten));
        given.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal("loosens", Code(await AdoptAsync(given, "house", 2, "all", Today)));
        Assert.Equal("loosens", Assert.IsType<ProposalOutcome.Refused>(await OutcomeAsync(given, given.Approver, "house", 2)).Reason.Code);

        ProposalId loosen = await ProposeAsync(given, given.Administrator, "house", 2);
        Assert.Equal("own-proposal", await DecideAsync(given, given.Administrator, loosen));
        Model model = await given.ModelAsync();
        Assert.Equal("house 1", await InForceAsync(given, model, 0));
        Assert.Null(await DecideAsync(given, second, loosen));

        Assert.Equal("house 2", await InForceAsync(given, model, 0));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_supplement_stands_beside_the_base_and_loosens_nothing()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();

        Assert.Null(Code(await AdoptAsync(given, "ll144", 1, "model:credit", Today)));
        Assert.Null(Code(await AdoptAsync(given, "four-fifths", 1, "tier:medium", Today)));

        await using GovernanceDb db = given.Db();
        PolicyInForce counts = await PolicyInForce.LoadAsync(db, model, Today, default);
        Assert.Equal("default 2", counts.Base.Label);
        Assert.Equal(["four-fifths 1", "ll144 1"], counts.Supplements.Select(pack => pack.Label));
        Assert.Empty((await PolicyInForce.LoadAsync(db, model, Today.AddDays(-1), default)).Supplements);
    }

    private static Task<PolicyOutcome> RegisterAsync(Given given, UserId by, string text) =>
        given.Get<RegisterPack>().RunAsync(Actor.Person(by), text, default);

    private static Task<PolicyOutcome> AdoptAsync(Given given, string pack, int number, string scope, DateOnly from, UserId? by = null) =>
        given.Get<AdoptPolicy>().RunAsync(Actor.Person(by ?? given.Administrator), Wanted(pack, number, scope, from), "The board decided.", default);

    private static async Task<ProposalId> ProposeAsync(Given given, UserId by, string pack, int number) =>
        Assert.IsType<ProposalOutcome.Recorded>(await OutcomeAsync(given, by, pack, number)).Proposal.Id;

    private static Task<ProposalOutcome> OutcomeAsync(Given given, UserId by, string pack, int number) =>
        given.Get<ProposePolicy>().RunAsync(Actor.Person(by), Wanted(pack, number, "all", Today), "The board wishes it.", default);

    private static async Task<string?> DecideAsync(Given given, UserId by, ProposalId id) =>
        (await given.Get<DecideProposal>().RunAsync(Actor.Person(by), id, confirm: true, default) as ProposalOutcome.Refused)?.Reason.Code;

    private static NewAdoption Wanted(string pack, int number, string scope, DateOnly from) =>
        new(pack, number, PolicyScope.TryParse(scope, out PolicyScope read) ? read : throw new ArgumentException(scope), from);

    private static async Task<string> InForceAsync(Given given, Model model, int days) =>
        (await given.Get<PolicyQueries>().InForceAsync(model.Id, Today.AddDays(days), default)).Label;

    private static string? Code(PolicyOutcome outcome) => (outcome as PolicyOutcome.Refused)?.Reason.Code;
}
