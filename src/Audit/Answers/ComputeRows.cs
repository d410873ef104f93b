using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Governance.Registry.Protection;
using Governance.Registry.Serving;

namespace Governance.Audit.Answers;

/// <summary>Prices, computes and releases legal rows.</summary>
public sealed class ComputeRows(AnswerDigests digests, RunTurns turns, ServingMeters meters, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ResponseCache<ComputedRow> cache = new(clock);

    /// <summary>The keyed digest of a row as a person would read it: by it the traffic log knows a row again.</summary>
    /// <param name="row">A table with the row.</param>
    /// <param name="at">Which row.</param>
    /// <param name="columns">The columns that the model reads, in order.</param>
    /// <param name="target">The wanted answer of a counterfactual; null for none.</param>
    /// <param name="cancellationToken">Ends the first call.</param>
    /// <returns>32 bytes; the log keeps the first 16 as hexadecimal digits.</returns>
    public async ValueTask<byte[]> DigestAsync(
        Table row, int at, IReadOnlyList<string> columns, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(columns);
        string?[] cells = [.. columns.SelectMany(column => (string?[])[column, row.Find(column)?.Text(at)]), target];
        return await digests.OfAsync("answer-row/1", JsonSerializer.SerializeToUtf8Bytes(cells), cancellationToken);
    }

    /// <summary>Prices rows; what was paid for before, and what stands twice in the request, is free.</summary>
    internal async Task<PricedRow[]> PriceAsync(
        AskedRows asked, OutputPolicy policy, bool[] unusual, ConcurrentDictionary<(string, string, string), bool> known,
        CancellationToken cancellationToken)
    {
        QueryKind kind = asked.Request.Kind;
        PricedRow[] priced = new PricedRow[asked.Rows.Rows];
        HashSet<(string, string, string)> seen = [];
        for (int at = 0; at < priced.Length; at++)
        {
            OutputPolicy own = unusual[at] ? policy.And(OutputPolicy.LabelsAlone) : policy;
            byte[] digest = await DigestAsync(
                asked.Rows, at, asked.Hosted.Columns, kind == QueryKind.Counterfactual ? asked.Request.Target ?? "" : null, cancellationToken);
            (string Kind, string Form, string Digest) key =
                (kind.ToString(), FormOf(kind, own), Convert.ToHexStringLower(digest.AsSpan(0, AnsweredQuery.DigestLength / 2)));
            bool free = known.ContainsKey(key) || !seen.Add(key);
            byte[] seed = await digests.OfAsync("answer-seed/1", (byte[])[.. Encoding.ASCII.GetBytes(asked.Version.Digest.Hex), .. digest], cancellationToken);
            priced[at] = new PricedRow(
                key, own, free ? 0 : Price.Of(kind, own), Price.Discloses(kind, own), BitConverter.ToInt32(seed) & int.MaxValue);
        }

        return priced;
    }

    /// <summary>Computes rows: what is remembered is not computed again, predictions share runs, the rest is computed row by row.</summary>
    /// <param name="asked">The rows.</param>
    /// <param name="priced">With their keys and seeds.</param>
    /// <param name="settings">How the version is served.</param>
    /// <param name="seats">The room of the request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The rows, and whether all of them were remembered.</returns>
    /// <exception cref="InputException">The model refuses a row, or takes too long.</exception>
    internal async Task<(ComputedRow[] Rows, bool Remembered)> RunAsync(
        AskedRows asked, PricedRow[] priced, ServingSettings settings, BatchSeats seats, CancellationToken cancellationToken)
    {
        ComputedRow?[] found = [.. priced.Select(row => cache.Find(asked.Version.Id, KeyOf(asked, row)))];
        int hits = found.Count(row => row is not null);
        meters.Find(asked.Version.Id)?.NoteCache(hits, found.Length - hits);
        if (hits == found.Length)
        {
            return ([.. found.OfType<ComputedRow>()], true);
        }

        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            seats.Arrive(hits);
            return (asked.Request.Kind is QueryKind.Predict or QueryKind.WhatIf
                ? await PredictAsync(asked, priced, found, settings, seats, limited.Token)
                : await ComputeAsync(asked, priced, found, settings, seats, limited.Token), false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InputException($"The answer took longer than {Limit.TotalSeconds} seconds. Ask about fewer rows at a time.");
        }
    }

    /// <summary>What leaves the portal of a row.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="priced">The row with what is released of it.</param>
    /// <param name="row">What was computed.</param>
    /// <param name="other">The row that is answered otherwise, masked; null without one.</param>
    internal static AnsweredRow Release(AskedRows asked, PricedRow priced, ComputedRow row, OtherRow? other) => new(
        priced.Policy.Apply(row.Prediction, asked.Hosted.Spread), priced.Policy.Prediction,
        row.Features is null ? null : priced.Policy.Apply(row.Features, row.Values!),
        priced.Policy.Attribution == AttributionForm.Full ? row.BaseValue : null, other, priced.Units);

    private static string FormOf(QueryKind kind, OutputPolicy policy) => kind switch
    {
        QueryKind.Explain => $"{policy.Attribution}/{policy.Prediction}",
        QueryKind.Counterfactual => $"{policy.Counterfactual}/{policy.Prediction}",
        _ => policy.Prediction.ToString(),
    };

    private static string KeyOf(AskedRows asked, PricedRow row) =>
        $"{row.Key.Kind}/{(row.Key.Kind == nameof(QueryKind.Counterfactual) ? FormOf(asked, row) : "")}/{row.Key.Digest}/{asked.Grant.Choices.Policy?.Id}";

    // A real row is for those alone who may read rows, if masked.
    private static CounterfactualForm FormOf(AskedRows asked, PricedRow row) =>
        asked.Grant.Rows.Allowed ? row.Policy.Counterfactual : CounterfactualForm.Prototype;

    private async Task<ComputedRow[]> PredictAsync(
        AskedRows asked, PricedRow[] priced, ComputedRow?[] found, ServingSettings settings, BatchSeats seats, CancellationToken cancellationToken)
    {
        HostedModel model = asked.Hosted;
        Task<Prediction>?[] runs = [.. found.Select((row, at) => row is not null ? null
            : model.Batcher!.RunAsync(asked.Batch, at, seats, asked.Request.Principal.Value, cancellationToken))];
        await Task.WhenAll(runs.OfType<Task<Prediction>>());
        ComputedRow[] rows = new ComputedRow[found.Length];
        for (int at = 0; at < rows.Length; at++)
        {
            rows[at] = found[at] ?? Keep(asked, priced[at], settings, model.Decide(await runs[at]!, asked.Rows.Take([at]), asked.Batch.Slice(at, 1)));
        }

        return rows;
    }

    private async Task<ComputedRow[]> ComputeAsync(
        AskedRows asked, PricedRow[] priced, ComputedRow?[] found, ServingSettings settings, BatchSeats seats, CancellationToken cancellationToken)
    {
        seats.Arrive(found.Length); // no batch waits for them
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () => priced.Select((row, at) => found[at] ?? Keep(asked, row, settings, Compute(asked, row, at, cancellationToken))).ToArray(), cancellationToken);
        }
        finally
        {
            turns.Release();
        }
    }

    private ComputedRow Keep(AskedRows asked, PricedRow priced, ServingSettings settings, ComputedRow row)
    {
        string key = KeyOf(asked, priced);
        cache.Keep(
            asked.Version.Id, key, row, CountedBytes.Of(key, row), TimeSpan.FromSeconds(settings.CacheSeconds), (long)settings.CacheMegabytes << 20);
        return row;
    }

    private static ComputedRow Compute(AskedRows asked, PricedRow priced, int at, CancellationToken cancellationToken)
    {
        HostedModel model = asked.Hosted;
        Table row = asked.Rows.Take([at]);
        InputBatch batch = asked.Batch.Slice(at, 1);
        ComputedRow computed = model.Predict(row, batch, cancellationToken);
        if (asked.Request.Kind == QueryKind.Explain)
        {
            (IReadOnlyList<string> features, IReadOnlyList<double> values, double baseValue) = model.Explain(batch, priced.Seed, cancellationToken);
            computed = computed with { Features = features, Values = values, BaseValue = baseValue };
        }
        else if (asked.Request.Kind == QueryKind.Counterfactual)
        {
            OtherRows others = model.Others ?? throw new InputException(model.Rule.IsRegression
                ? "A counterfactual needs a model that decides between classes; this one predicts a value."
                : "The version was never audited, so there are no reference rows to look for another answer in.");
            computed = computed with { Other = others.Find(row, computed.Prediction.Label, asked.Request.Target, FormOf(asked, priced)) };
        }

        return computed;
    }
}
