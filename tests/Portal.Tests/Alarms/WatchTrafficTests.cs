using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Explanations;
using Governance.Audit.Theft;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Alarms;

/// <summary>A version of the sample portal, calibrated on its own data, asked by a thief.</summary>
[Collection(PortalTests.Name)]
public sealed class WatchTrafficTests(SamplePortal portal)
{
    [Fact]
    public async Task A_thief_gets_decisions_alone_until_they_confirm_and_the_owner_releases_and_others_go_on()
    {
        ModelVersionId version = await portal.RegisterAsync("watched", "hmda_fair");
        WatchTraffic watch = portal.Services.GetRequiredService<WatchTraffic>();
        WatchedParty thief = new(portal["coen"], [], version);
        WatchedParty honest = new(portal["rita"], [], version);
        SeededRandom random = new(5, 1);
        for (int row = 0; row < 40; row++)
        {
            await watch.ObserveAsync(Made(thief, ref random), default);
        }

        // The first rows wait for the calibration, and all are looked at with the first row after it.
        for (int beat = 0; beat < 600 && !await watch.IsRestrictedAsync(thief, default); beat++)
        {
            await Task.Delay(50);
            await watch.ObserveAsync(Made(thief, ref random), default);
        }

        Assert.True(await watch.IsRestrictedAsync(thief, default));
        Assert.False(await watch.IsRestrictedAsync(honest, default));
        TheftAlarm alarm = Assert.Single(await portal.Services.GetRequiredService<AlarmQueries>().WaitingForOwnerAsync(portal["dev"], default), view => view.ModelName == "watched").Alarm;
        Assert.Equal((AlarmStream.Person, (Guid?)portal["coen"].Value), (alarm.Stream, alarm.Holder));
        Assert.Contains(await watch.ReadingsAsync(version, default), reading => reading.Stream == AlarmStream.Person && reading.Reading.IsAlarm);

        AnswerAlarm answer = portal.Services.GetRequiredService<AnswerAlarm>();
        Assert.IsType<AlarmOutcome.Done>(await answer.ConfirmAsync(Actor.Person(portal["coen"]), alarm.Id, default));
        Assert.True(await watch.IsRestrictedAsync(thief, default));
        Assert.IsType<AlarmOutcome.Done>(await answer.ReleaseAsync(Actor.Person(portal["dev"]), alarm.Id, "A load test.", default));
        Assert.False(await watch.IsRestrictedAsync(thief, default));

        await watch.ObserveAsync(Made(thief, ref random), default);
        Assert.False(Assert.Single(await watch.ReadingsAsync(version, default), reading => reading.Stream == AlarmStream.Person).Reading.IsAlarm);
    }

    // Any legal mortgage application, all values alike likely.
    private static WatchedAnswer Made(WatchedParty party, ref SeededRandom random)
    {
        float[] row = new float[13];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = i < 3 ? (float)(3 * random.NextDouble()) : i == 6 ? (float)(10 * random.NextDouble()) : random.NextBelow(i < 5 ? 6 : 2);
        }

        return new WatchedAnswer(party, row, random.NextDouble(), QueryKind.Predict, null);
    }
}
