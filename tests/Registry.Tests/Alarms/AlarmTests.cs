using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Alarms;

public sealed class AlarmTests
{
    [DatabaseFact]
    public async Task An_alarm_holds_until_its_person_confirmed_and_the_owner_released_it()
    {
        await using Given given = await Given.RegistryAsync();
        TheftAlarm alarm = await RaisedAsync(given, AlarmStream.Person, given.Reviewer);
        AnswerAlarm answer = given.Get<AnswerAlarm>();

        Assert.Equal("not-yours", Code(await answer.ConfirmAsync(Actor.Person(given.Developer), alarm.Id, default)));
        Assert.Equal("own-alarm", Code(await answer.ReleaseAsync(Actor.Person(given.Reviewer), alarm.Id, "Fine.", default)));
        Assert.Equal("not-owner", Code(await answer.ReleaseAsync(Actor.Person(given.Operator), alarm.Id, "Fine.", default)));
        Assert.Equal("no-reason", Code(await answer.ReleaseAsync(Actor.Person(given.Developer), alarm.Id, " ", default)));
        Assert.IsType<AlarmOutcome.NoSuchAlarm>(await answer.ReleaseAsync(Actor.Person(given.Stranger), alarm.Id, "Fine.", default));
        Assert.Equal((false, true), await MayAsync(given, given.Developer));
        Assert.Equal((true, false), await MayAsync(given, given.Reviewer));
        Assert.Empty(await given.Get<AlarmQueries>().VisibleToAsync(given.Stranger, default));

        Assert.IsType<AlarmOutcome.Done>(await answer.ReleaseAsync(Actor.Person(given.Developer), alarm.Id, "A load test.", default));
        Assert.Equal(alarm.Id, Assert.Single(await given.Get<AlarmQueries>().OpenAsync(default)).Id);
        Assert.IsType<AlarmOutcome.Done>(await answer.ConfirmAsync(Actor.Person(given.Reviewer), alarm.Id, default));
        Assert.Empty(await given.Get<AlarmQueries>().OpenAsync(default));
        Assert.Equal("already-done", Code(await answer.ConfirmAsync(Actor.Person(given.Reviewer), alarm.Id, default)));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task One_stream_has_one_alarm_at_a_time_and_a_new_one_after_the_release()
    {
        await using Given given = await Given.RegistryAsync();
        TheftAlarm first = await RaisedAsync(given, AlarmStream.Model, null);
        AlarmReading again = new(first.Version, AlarmStream.Model, null, "Near", 2e5, 60);

        Assert.Equal(first.Id, (await given.Get<RaiseAlarm>().RunAsync(again, default)).Id);
        await given.Get<AnswerAlarm>().ReleaseAsync(Actor.Person(given.Developer), first.Id, "A load test.", default);

        Assert.NotEqual(first.Id, (await given.Get<RaiseAlarm>().RunAsync(again, default)).Id);
        IReadOnlyList<AlarmView> seen = await given.Get<AlarmQueries>().OfModelAsync(given.Developer, first.Model, default);
        Assert.Equal([true, false], seen.Select(view => view.IsOpen));
        Assert.Equal("A load test.", Assert.Single(seen[1].Steps).Reason);
        Assert.Equal((2, 1), await given.Get<AlarmQueries>().CountAsync(first.Model, default));
    }

    [DatabaseFact]
    public async Task The_owners_own_alarm_is_released_by_an_operator()
    {
        await using Given given = await Given.RegistryAsync();
        TheftAlarm alarm = await RaisedAsync(given, AlarmStream.Person, given.Developer);

        Assert.Equal("own-alarm", Code(await given.Get<AnswerAlarm>().ReleaseAsync(Actor.Person(given.Developer), alarm.Id, "Me.", default)));
        Assert.IsType<AlarmOutcome.Done>(await given.Get<AnswerAlarm>().ReleaseAsync(Actor.Person(given.Operator), alarm.Id, "Asked them.", default));
    }

    [DatabaseFact]
    public async Task For_a_service_account_the_person_who_answers_for_it_confirms_and_does_not_release()
    {
        await using Given given = await Given.RegistryAsync();
        UserId robot = await RobotAsync(given, given.Developer);
        TheftAlarm alarm = await RaisedAsync(given, AlarmStream.Person, robot);
        AnswerAlarm answer = given.Get<AnswerAlarm>();

        Assert.Equal("not-yours", Code(await answer.ConfirmAsync(Actor.Person(given.Reviewer), alarm.Id, default)));
        Assert.Equal("not-yours", Code(await answer.ConfirmAsync(Actor.Person(given.Operator), alarm.Id, default)));
        Assert.Equal("own-alarm", Code(await answer.ReleaseAsync(Actor.Person(given.Developer), alarm.Id, "My program.", default)));
        Assert.Equal((true, false), await MayAsync(given, given.Developer));
        Assert.Equal("Robot", Assert.Single(await given.Get<AlarmQueries>().VisibleToAsync(given.Operator, default)).Party.Name);

        Assert.IsType<AlarmOutcome.Done>(await answer.ConfirmAsync(Actor.Person(given.Developer), alarm.Id, default));
        Assert.IsType<AlarmOutcome.Done>(await answer.ReleaseAsync(Actor.Person(given.Operator), alarm.Id, "A new batch job.", default));
        Assert.Empty(await given.Get<AlarmQueries>().OpenAsync(default));
    }

    [DatabaseFact]
    public async Task Where_the_person_who_answers_for_a_program_left_an_administrator_confirms()
    {
        await using Given given = await Given.RegistryAsync();
        UserId robot = await RobotAsync(given, given.OtherDeveloper);
        TheftAlarm alarm = await RaisedAsync(given, AlarmStream.Person, robot);
        AnswerAlarm answer = given.Get<AnswerAlarm>();
        Assert.IsType<AlarmOutcome.NoSuchAlarm>(await answer.ConfirmAsync(Actor.Person(given.Administrator), alarm.Id, default));

        Assert.IsType<ChangeAccountOutcome.Changed>(await given.Get<ChangeAccount>().RunAsync(
            Actor.System, given.OtherDeveloper, new HashSet<Role> { Role.Developer }, deactivated: true, default));

        Assert.Equal((true, false), await MayAsync(given, given.Administrator));
        Assert.IsType<AlarmOutcome.Done>(await answer.ConfirmAsync(Actor.Person(given.Administrator), alarm.Id, default));
    }

    [DatabaseFact]
    public async Task What_a_watch_knows_comes_back_for_its_key_alone()
    {
        await using Given given = await Given.RegistryAsync();
        WatchFiles files = given.Get<WatchFiles>();
        await files.KeepAsync("state one", new byte[] { 1, 2, 3 }, default);
        await files.KeepAsync("state one", new byte[] { 4, 5 }, default);

        Assert.Equal([4, 5], await files.FindAsync("state one", default));
        Assert.Null(await files.FindAsync("state two", default));
        string file = Assert.Single(Directory.GetFiles(Path.Combine(given.Folder, "data", "watches")));
        byte[] damaged = await File.ReadAllBytesAsync(file);
        damaged[^1] ^= 1;
        await File.WriteAllBytesAsync(file, damaged);
        Assert.Null(await files.FindAsync("state one", default));
    }

    private static async Task<TheftAlarm> RaisedAsync(Given given, AlarmStream stream, UserId? holder)
    {
        Model model = await given.ModelAsync();
        ModelVersion version = await given.VersionAsync(model);
        return await given.Get<RaiseAlarm>().RunAsync(new AlarmReading(version.Id, stream, holder?.Value, "Outlying", 1.5e5, 40), default);
    }

    private static async Task<(bool Confirm, bool Release)> MayAsync(Given given, UserId viewer)
    {
        AlarmView view = Assert.Single(await given.Get<AlarmQueries>().VisibleToAsync(viewer, default));
        return (view.MayConfirm, view.MayRelease);
    }

    private static async Task<UserId> RobotAsync(Given given, UserId owner) => Assert.IsType<AddUserOutcome.Added>(
        await given.Get<AddServiceAccount>().RunAsync(
            Actor.System, new NewServiceAccount("robot", "Robot", owner, new HashSet<Role> { Role.Consumer }), default)).Person.Id;

    private static string Code(AlarmOutcome outcome) => Assert.IsType<AlarmOutcome.Refused>(outcome).Reason.Code;
}
