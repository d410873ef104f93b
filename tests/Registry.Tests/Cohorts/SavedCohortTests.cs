using Governance.Registry.Access;
using Governance.Registry.Cohorts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Cohorts;

public sealed class SavedCohortTests
{
    private const string Where = "lvrat > 0.8 and @error = 'yes'";

    [DatabaseFact]
    public async Task What_one_keeps_to_oneself_nobody_else_sees_and_what_is_shared_all_who_see_the_model()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();

        SavedCohortId own = await SaveAsync(given, given.Reviewer, model, "Weak", share: false);
        SavedCohortId shared = await SaveAsync(given, given.Reviewer, model, "High ratios", share: true);

        Assert.Equal([shared, own], (await OfAsync(given, given.Reviewer, model)).Select(view => view.Id));
        SavedCohortView seen = Assert.Single(await OfAsync(given, given.Auditor, model));
        Assert.Equal((shared, "High ratios", Where, "For the meeting.", "The rev", false, false),
            (seen.Id, seen.Name, seen.Entry.Condition, seen.Entry.Note, seen.Author, seen.Mine, seen.MayRetire));
        Assert.Empty(await OfAsync(given, given.Stranger, model));

        Assert.Null(await StepAsync(given, given.Reviewer, own, SavedCohortStepKind.Shared));
        Assert.Null(await StepAsync(given, given.Reviewer, shared, SavedCohortStepKind.Withdrawn));
        Assert.Equal([own], (await OfAsync(given, given.Auditor, model)).Select(view => view.Id));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Only_the_author_changes_it_and_the_owner_of_the_model_may_retire_what_is_shared()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        SavedCohortId shared = await SaveAsync(given, given.Reviewer, model, "High ratios", share: true);
        SavedCohortId own = await SaveAsync(given, given.Reviewer, model, "Weak", share: false);

        Assert.Equal("not-yours", await StepAsync(given, given.Approver, shared, SavedCohortStepKind.Renamed, "Mine"));
        Assert.Equal("not-yours", await StepAsync(given, given.Approver, shared, SavedCohortStepKind.Retired));
        Assert.Equal("gone", await StepAsync(given, given.Approver, own, SavedCohortStepKind.Retired));
        Assert.Equal("gone", await StepAsync(given, given.Stranger, shared, SavedCohortStepKind.Retired));
        Assert.Equal("not-yours", await StepAsync(given, model.Owner, shared, SavedCohortStepKind.Withdrawn));
        Assert.Null(await StepAsync(given, model.Owner, shared, SavedCohortStepKind.Retired));

        SavedCohortView retired = (await OfAsync(given, given.Auditor, model)).Single();
        Assert.True(retired.Entry is { Retired: true, Shared: true });
        Assert.Equal("retired", await StepAsync(given, given.Reviewer, shared, SavedCohortStepKind.Renamed, "Again"));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_name_is_one_cohorts_among_those_that_a_person_sees()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        SavedCohortId first = await SaveAsync(given, given.Reviewer, model, "Weak", share: false);

        Assert.Equal("taken", await TryAsync(given, given.Reviewer, model, " weak ", Where));
        Assert.Null(await TryAsync(given, given.Developer, model, "Weak", Where)); // the other is not theirs to see
        Assert.Equal("no-name", await TryAsync(given, given.Reviewer, model, " ", Where));
        Assert.Equal("no-name", await StepAsync(given, given.Reviewer, first, SavedCohortStepKind.Renamed, new string('n', SavedCohort.MaxNameLength + 1)));
        Assert.Equal("no-condition", await TryAsync(given, given.Reviewer, model, "Other", " "));
        Assert.Equal("no-condition", await TryAsync(given, given.Reviewer, model, "Other", new string('x', PersonalText.MaxLength + 1)));
        Assert.NotNull(await TryAsync(given, given.Auditor, model, "Other", Where)); // who runs no audits asks for no cohorts
        Assert.Equal("gone", await TryAsync(given, given.Stranger, model, "Other", Where));

        SavedCohortId second = await SaveAsync(given, given.Reviewer, model, "Other", share: false);
        Assert.Equal("taken", await StepAsync(given, given.Reviewer, second, SavedCohortStepKind.Renamed, "WEAK"));
        Assert.Null(await StepAsync(given, given.Reviewer, first, SavedCohortStepKind.Renamed, "Strong"));
        Assert.Null(await StepAsync(given, given.Reviewer, second, SavedCohortStepKind.Renamed, "Weak"));
        Assert.Equal(["Strong", "Weak"], (await OfAsync(given, given.Reviewer, model)).Select(view => view.Name));
        Assert.Null(await StepAsync(given, given.Reviewer, first, SavedCohortStepKind.Retired));
        Assert.Null(await TryAsync(given, given.Reviewer, model, "Strong", Where)); // a retired one holds no name
    }

    [DatabaseFact]
    public async Task It_is_written_once_and_its_facts_do_not_say_what_was_written()
    {
        await using Given given = await Given.RegistryAsync();
        Model model = await given.ModelAsync();
        SavedCohortId id = await SaveAsync(given, given.Reviewer, model, "Weak", share: true);
        await using GovernanceDb db = given.Db();

        await Assert.ThrowsAnyAsync<Exception>(() => db.SavedCohorts.ExecuteUpdateAsync(set => set.SetProperty(row => row.Note, row => null)));
        await Assert.ThrowsAnyAsync<Exception>(() => db.SavedCohortSteps.ExecuteDeleteAsync());
        SavedCohort fact = await db.SavedCohorts.AsNoTracking().SingleAsync(row => row.Id == id);
        Assert.DoesNotContain("lvrat", fact.ToFact().ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Weak", fact.ToFact().ToJsonString(), StringComparison.Ordinal);

        // An erased text leaves a cohort without it, and the ledger whole.
        db.PersonalTexts.RemoveRange(await db.PersonalTexts.Where(text => text.Digest == fact.Condition).ToListAsync());
        await db.SaveChangesAsync();
        Assert.Null((await OfAsync(given, given.Reviewer, model)).Single().Entry.Condition);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    private static Task<IReadOnlyList<SavedCohortView>> OfAsync(Given given, UserId person, Model model) =>
        given.Get<SavedCohortQueries>().OfAsync(person, model.Name, default);

    private static async Task<SavedCohortId> SaveAsync(Given given, UserId person, Model model, string name, bool share) =>
        Assert.IsType<SavedCohortOutcome.Recorded>(await given.Get<SaveCohort>().RunAsync(
            Actor.Person(person), model.Name, name, Where, "For the meeting.", share, default)).Id;

    private static async Task<string?> TryAsync(Given given, UserId person, Model model, string name, string where) =>
        Code(await given.Get<SaveCohort>().RunAsync(Actor.Person(person), model.Name, name, where, null, share: false, default));

    private static async Task<string?> StepAsync(Given given, UserId person, SavedCohortId id, SavedCohortStepKind kind, string? name = null) =>
        Code(await given.Get<StepSavedCohort>().RunAsync(Actor.Person(person), id, kind, name, default));

    private static string? Code(SavedCohortOutcome outcome) => outcome switch
    {
        SavedCohortOutcome.Refused refused => refused.Reason.Code,
        SavedCohortOutcome.NotFound => "gone",
        _ => null,
    };
}
