using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Runs;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Governance.Portal.Tests.Answers;

/// <summary>What the pipeline does under an alarm, after a restart, and without its database.</summary>
public sealed class RestrictedAnswersTests : IAsyncLifetime
{
    private readonly AnswerPortal portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task An_alarm_leaves_labels_alone_and_watches_see_each_paid_row_once()
    {
        LoudWatch watch = new();
        AnswerRows answers = ActivatorUtilities.CreateInstance<AnswerRows>(portal.Server.Services, (IEnumerable<IAnswerWatch>)[watch]);

        AnswerOutcome.Answered first = Assert.IsType<AnswerOutcome.Answered>(await AskAsync(answers, QueryKind.Predict, 0, 1, 1));
        await AskAsync(answers, QueryKind.Predict, 0);
        watch.Alarm = true;
        AnswerOutcome.Answered label = Assert.IsType<AnswerOutcome.Answered>(await AskAsync(answers, QueryKind.Predict, 0));
        AnswerOutcome.Refused explanation = Assert.IsType<AnswerOutcome.Refused>(await AskAsync(answers, QueryKind.Explain, 2));

        Assert.Equal(4, first.Units); // the third row is the second again
        Assert.Equal(3, watch.Seen.Count);
        Assert.All(watch.Seen, seen => Assert.Equal(13, seen.Row.Length));
        Assert.Equal((PredictionForm.LabelOnly, null), (label.Rows[0].Form, label.Rows[0].Prediction.Probabilities));
        Assert.Equal(first.Rows[0].Prediction.Label, label.Rows[0].Prediction.Label);
        Assert.Equal("labels-only", explanation.Reason.Code);
    }

    [Fact]
    public async Task Repeats_stay_free_after_a_restart_and_have_the_same_values()
    {
        AnswerOutcome.Answered before = Assert.IsType<AnswerOutcome.Answered>(await portal.AskAsync("rita", "trees", QueryKind.Explain, portal.Train.Take([4])));
        await portal.Server.Services.GetRequiredService<TrafficLog>().FlushAsync(default);
        IServiceProvider services = portal.Server.Services;

        // All that a new process would not have: what was paid for, what was computed, the loaded model.
        ComputeRows compute = ActivatorUtilities.CreateInstance<ComputeRows>(services);
        using HostedModels models = ActivatorUtilities.CreateInstance<HostedModels>(services);
        KnownRepeats repeats = ActivatorUtilities.CreateInstance<KnownRepeats>(services);
        AnswerRows anew = ActivatorUtilities.CreateInstance<AnswerRows>(services, compute, models, repeats);
        AnswerOutcome.Answered after = Assert.IsType<AnswerOutcome.Answered>(await anew.RunAsync(
            new AnswerRequest { Principal = portal["rita"], Model = "trees", Version = 1, Kind = QueryKind.Explain, Rows = _ => portal.Train.Take([4]) }, default));

        Assert.Equal((25, 0), (before.Units, after.Units));
        Assert.Equal(before.Rows[0].Attributions, after.Rows[0].Attributions);
        Assert.Equal(before.Rows[0].BaseValue, after.Rows[0].BaseValue);
    }

    [Fact]
    public async Task Without_the_database_nothing_is_answered()
    {
        string file = portal.Server.Services.GetRequiredService<RegistryOptions>().DatabaseFile!;
        await using (GovernanceDb db = await portal.Server.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync())
        {
            Assert.True(await db.Versions.AnyAsync(row => row.Stage == Stage.Approved));
        }

        SqliteConnection.ClearAllPools();
        File.Move(file, file + ".away");
        Directory.CreateDirectory(file);
        try
        {
            AnswerOutcome.Refused refused = Assert.IsType<AnswerOutcome.Refused>(await portal.AskAsync("coen", "trees", QueryKind.Predict, portal.Train.Take([0])));

            Assert.Equal((AnswerRefusal.Unavailable, "store-unavailable"), (refused.Cause, refused.Reason.Code));

            // Nor does whoever else needs it end the portal: the queue of audits looks into it now.
            portal.Server.Services.GetRequiredService<AuditQueue>().Wake();
            Assert.False(portal.Server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.WaitHandle.WaitOne(1_000));
        }
        finally
        {
            Directory.Delete(file);
            File.Move(file + ".away", file);
        }

        // What writes behind the answers finds the database again by itself, at its next try.
        AnswerOutcome outcome = await portal.AskAsync("coen", "trees", QueryKind.Predict, portal.Train.Take([0]));
        for (int attempt = 0; outcome is AnswerOutcome.Refused { Reason.Code: "store-unavailable" } && attempt < 100; attempt++)
        {
            await Task.Delay(200);
            outcome = await portal.AskAsync("coen", "trees", QueryKind.Predict, portal.Train.Take([0]));
        }

        Assert.True(outcome is AnswerOutcome.Answered, outcome.ToString());
    }

    private Task<AnswerOutcome> AskAsync(AnswerRows answers, QueryKind kind, params int[] rows) => answers.RunAsync(
        new AnswerRequest { Principal = portal["rita"], Model = "trees", Version = 1, Kind = kind, Rows = _ => portal.Train.Take(rows) }, default);

    private sealed class LoudWatch : IAnswerWatch
    {
        public bool Alarm { get; set; }

        public List<WatchedAnswer> Seen { get; } = [];

        public ValueTask<bool> IsRestrictedAsync(WatchedParty party, CancellationToken cancellationToken) => ValueTask.FromResult(Alarm);

        public ValueTask ObserveAsync(WatchedAnswer answer, CancellationToken cancellationToken)
        {
            Seen.Add(answer);
            return ValueTask.CompletedTask;
        }
    }
}
