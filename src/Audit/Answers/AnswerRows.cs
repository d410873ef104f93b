using System.Collections.Concurrent;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Serving;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>
/// The one road by which a registered model answers about rows: grant, stage, rate, legal rows, budget, model, output
/// policy, traffic log, detectors.
/// </summary>
/// <remarks>
/// Charged before the model runs, and never given back. Without the database there is no answer. Answers are deterministic:
/// the same row, asked again in the same form, is free and has the same bytes.
/// </remarks>
public sealed class AnswerRows(
    AnswerGrants grants, HostedModels models, RequestRate rate, KnownRepeats repeats, AnswerBudgets budgets, ComputeRows compute,
    ShowOtherRows others, IEnumerable<IAnswerWatch> watches, NoteAnswers notes, VoidChanged approvals, ServingMeters meters, ServedTraffic traffic,
    TimeProvider clock)
{
    /// <summary>Answers, or says why not.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Ends it; what was charged stays charged.</param>
    public async Task<AnswerOutcome> RunAsync(AnswerRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await AnswerAsync(request, cancellationToken);
        }
        catch (Exception fault) when (StoreDown.Is(fault))
        {
            return Unavailable;
        }
        catch (InputException fault)
        {
            return new AnswerOutcome.Refused(AnswerRefusal.IllegalRow, new Refusal("bad-input", fault.Message));
        }
    }

    private static AnswerOutcome.Refused Unavailable { get; } = new(
        AnswerRefusal.Unavailable, new Refusal("store-unavailable", "The portal cannot keep account of answers at the moment, so it gives none. Try again later."),
        TimeSpan.FromSeconds(10));

    private static AnswerOutcome.Refused Busy { get; } = new(
        AnswerRefusal.Unavailable, new Refusal("busy", "More rows wait for this version than it takes at a time. Nothing was charged; try again in a moment."),
        TimeSpan.FromSeconds(1));

    private async Task<AnswerOutcome> AnswerAsync(AnswerRequest request, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        Right right = AnswerAdmission.RightFor(request.Kind);
        AnswerGrant grant = await grants.OfAsync(request.Principal, right, request.Model, request.Version, cancellationToken);
        if (grant.Access is not { Model: Model model, Version: ModelVersion version })
        {
            return new AnswerOutcome.NoSuchVersion();
        }

        if (AnswerAdmission.Refusal(right, grant.Access.Decision, version.Stage, grant.Choices.Throttle) is AnswerOutcome.Refused refused)
        {
            return await WithCauseAsync(refused, version, cancellationToken);
        }

        if (await approvals.CheckAsync(version, cancellationToken) is Refusal voided)
        {
            return new AnswerOutcome.Refused(AnswerRefusal.Closed, voided);
        }

        if (!notes.IsWritable)
        {
            return Unavailable;
        }

        using HostedLease lease = await models.TakeAsync(version.Id, grant.Choices.Policy, cancellationToken);
        Table rows = request.Rows(new RowForm(lease.Model.Columns, lease.Model.Encoder, lease.Model.Outputs));
        if (rows.Rows is 0 or > AnswerRequest.MaxRows)
        {
            return new AnswerOutcome.Refused(AnswerRefusal.IllegalRow, new Refusal("bad-rows", $"A request has 1 to {AnswerRequest.MaxRows} rows; this one has {rows.Rows}."));
        }

        if (rate.Take(request.Principal.Value, rows.Rows, lease.Settings.RowsPerMinute) is TimeSpan wait)
        {
            return new AnswerOutcome.Refused(AnswerRefusal.TooFast, new Refusal(
                "too-fast", $"At most {lease.Settings.RowsPerMinute} rows a minute are answered. Wait {Math.Ceiling(wait.TotalSeconds)} seconds."), wait);
        }

        if (lease.Model.Profile.FaultOf(rows) is RowFault fault)
        {
            return new AnswerOutcome.Refused(AnswerRefusal.IllegalRow, new Refusal(
                "illegal-row", $"Row {fault.Row}, column '{fault.Column}': {fault.Sentence}. Rows are counted from 0."));
        }

        using BatchSeats? seats = lease.Model.Batcher!.Reserve(rows.Rows);
        if (seats is null)
        {
            return Busy; // before anything is charged
        }

        InputBatch batch = lease.Model.Encoder.Encode(rows);
        AskedRows asked = new(request, grant, model, version, lease.Model, rows, batch, lease.Model.Place(batch));
        return await ReleaseAsync(asked, lease.Settings, seats, started, cancellationToken);
    }

    // Whoever is refused because an approval ended by itself is told why it did.
    private async Task<AnswerOutcome> WithCauseAsync(AnswerOutcome.Refused refused, ModelVersion version, CancellationToken cancellationToken) =>
        refused.Reason.Code == "wrong-stage" && await approvals.CauseAsync(version.Id, cancellationToken) is string cause
            ? refused with { Reason = refused.Reason with { Sentence = $"{refused.Reason.Sentence} {cause}" } }
            : refused;

    private async Task<AnswerOutcome> ReleaseAsync(
        AskedRows asked, ServingSettings settings, BatchSeats seats, long started, CancellationToken cancellationToken)
    {
        bool labelsAlone = asked.Grant.Choices.Throttle == Throttle.LabelOnly || await IsRestrictedAsync(asked, cancellationToken);
        QueryKind kind = asked.Request.Kind;
        OutputPolicy policy = AnswerAdmission.Released(asked.Policy, labelsAlone, asked.Request.Form);
        if (AnswerAdmission.Refusal(kind, policy, labelsAlone) is AnswerOutcome.Refused refused)
        {
            return refused;
        }

        bool[] unusual = asked.Unusual;
        if (kind is QueryKind.Explain or QueryKind.Counterfactual && Array.IndexOf(unusual, true) is >= 0 and int strange)
        {
            return new AnswerOutcome.Refused(AnswerRefusal.IllegalRow, new Refusal(
                "unusual-row", $"Row {strange} resembles no reference row of the model: it is answered by its decision alone, without explanations."));
        }

        ConcurrentDictionary<(string Kind, string Form, string Digest), bool> known =
            await repeats.OfAsync(asked.Request.Principal, asked.Version.Id, cancellationToken);
        PricedRow[] priced = await compute.PriceAsync(asked, policy, unusual, known, cancellationToken);
        int units = priced.Sum(row => row.Units);
        long? remaining = null;
        if (units > 0)
        {
            GaugeStanding? gauge = asked.KnowsModel ? null : asked.Grant.Gauge;
            if (AnswerAdmission.Refusal(gauge) is AnswerOutcome.Refused waits)
            {
                return waits;
            }

            ChargeOutcome charged = await budgets.ChargeAsync(asked.ChargeOf(units, priced.Where(row => row.Discloses).Sum(row => row.Units)), cancellationToken);
            if (charged is ChargeOutcome.Refused over)
            {
                return AnswerAdmission.Spent(over, gauge, clock.GetUtcNow());
            }

            remaining = ((ChargeOutcome.Charged)charged).Remaining;
        }

        ServingMeter? meter = meters.Find(asked.Version.Id);
        long admitted = clock.GetTimestamp();
        meter?.Note(ServingStage.Admit, clock.GetElapsedTime(started, admitted));
        (ComputedRow[] computed, bool remembered) = await compute.RunAsync(asked, priced, settings, seats, cancellationToken);
        long done = clock.GetTimestamp();
        meter?.Note(ServingStage.Compute, clock.GetElapsedTime(admitted, done));
        OtherRow?[] shown = await others.RunAsync(asked, computed, cancellationToken);
        AnsweredRow[] answered = [.. priced.Select((row, at) => ComputeRows.Release(asked, row, computed[at], shown[at]))];
        if (!notes.Run(asked, priced, answered, known, started))
        {
            return Unavailable;
        }

        await ObserveAsync(asked, priced, computed, cancellationToken);
        await traffic.NoteAsync(asked, computed, clock.GetElapsedTime(started), cancellationToken);
        meter?.Note(ServingStage.Release, clock.GetElapsedTime(done));
        meter?.NoteAnswer(clock.GetElapsedTime(started), answered.Length, remembered);
        return new AnswerOutcome.Answered(answered, policy, units, remaining, AnswerWarnings.Of(asked, unusual, labelsAlone))
        {
            Outputs = asked.Hosted.Outputs,
        };
    }

    private async ValueTask<bool> IsRestrictedAsync(AskedRows asked, CancellationToken cancellationToken)
    {
        foreach (IAnswerWatch watch in watches)
        {
            if (await watch.IsRestrictedAsync(asked.Party, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task ObserveAsync(AskedRows asked, PricedRow[] priced, ComputedRow[] computed, CancellationToken cancellationToken)
    {
        for (int at = 0; at < priced.Length; at++)
        {
            foreach (IAnswerWatch watch in priced[at].Units > 0 ? watches : [])
            {
                await watch.ObserveAsync(asked.Answer(at, computed[at].Score), cancellationToken);
            }
        }
    }
}
