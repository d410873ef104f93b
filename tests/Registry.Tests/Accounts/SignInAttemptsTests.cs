using Governance.Registry.Access;
using Governance.Registry.Sessions;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Accounts;

public sealed class SignInAttemptsTests
{
    [DatabaseFact]
    public async Task A_hundred_guesses_at_once_are_five()
    {
        await using Given given = await Given.RegistryAsync();
        UserId user = given.Reviewer;

        DateTimeOffset?[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => given.Get<SignInAttempts>().TakeAsync(user, default)));

        Assert.Equal(SignInAttempts.Most, answers.Count(locked => locked is null));
    }

    [DatabaseFact]
    public async Task The_fifth_wrong_try_locks_and_time_or_a_right_one_unlocks()
    {
        await using Given given = await Given.RegistryAsync();
        SignInAttempts attempts = given.Get<SignInAttempts>();
        for (int i = 1; i <= SignInAttempts.Most; i++)
        {
            Assert.Null(await attempts.TakeAsync(given.Reviewer, default));
            Assert.Equal(i == SignInAttempts.Most, await attempts.FailAsync(given.Reviewer, default) is not null);
        }

        Assert.NotNull(await attempts.TakeAsync(given.Reviewer, default));
        Assert.Null(await attempts.TakeAsync(given.Developer, default));

        await attempts.ClearAsync(given.Reviewer, default);
        Assert.Null(await attempts.TakeAsync(given.Reviewer, default));
    }

    [DatabaseFact]
    public async Task A_session_is_over_when_the_account_has_another_stamp()
    {
        await using Given given = await Given.RegistryAsync();
        Session session = (await given.Get<BeginSession>().RunAsync(given.Reviewer, SessionMethod.Password, "A test", default))!;
        Assert.NotNull(await given.Get<SeeSession>().RunAsync(session.Id, true, default));

        await using (GovernanceDb db = given.Db())
        {
            await db.Users.Where(row => row.Id == given.Reviewer.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecurityStamp, "another"));
        }

        Assert.Null(await given.Get<SeeSession>().RunAsync(session.Id, true, default));
        Session ended = Assert.Single(await given.Get<SessionQueries>().EndedAsync(given.Reviewer, 5, default));
        Assert.Equal(SessionEnd.CredentialsChanged, ended.EndedBecause);
    }
}
