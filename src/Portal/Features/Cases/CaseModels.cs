using System.Collections.Concurrent;
using Governance.Audit.Cases;
using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Robustness;
using Governance.Audit.Runs;
using Governance.Portal.Features.Pictures;
using Governance.Portal.Features.Profiles;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Cases;

/// <summary>Computes on single cases of a version, and remembers what it computed: the same case is often looked at again.</summary>
internal sealed class CaseModels(LoadAuditInputs loader, ComputeTurn turn, TimeProvider time)
{
    private const int MostRemembered = 500;
    private const int MostTables = 4;
    private const int MostReferenceRows = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<(string Version, string Evidence, int Row, string Reference, string? Class), ExplanationReport> explained = new();
    private readonly ConcurrentDictionary<(string Name, string Digest), AuditTable> references = new();
    private readonly ConcurrentDictionary<string, ModelFace> faces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]> parts = new(StringComparer.Ordinal);

    /// <summary>The rows of the data set's file that a document looked at; null for all of them, in their order.</summary>
    /// <exception cref="InputException">The data are gone.</exception>
    public async Task<int[]?> FileRowsAsync(FindingsDocument document, CancellationToken cancellationToken)
    {
        if (document.Options.Measures?.Where is not string where)
        {
            return null;
        }

        string key = $"{document.Data.First(data => data.Role == "evaluation").Digest} {where}";
        if (!parts.TryGetValue(key, out int[]? rows))
        {
            AuditTable all = await loader.TableAsync(document.Options.Evaluation, cancellationToken);
            rows = Cohort.Parse(where).Rows(all.Table);
            Remember(parts, key, rows, MostTables);
        }

        return rows;
    }

    /// <summary>What a version's rows look like.</summary>
    /// <param name="version">The version.</param>
    /// <param name="data">Gives any of its data, whose columns count where it has no encoding; asked once a version.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InputException">Model and data do not fit each other.</exception>
    public async Task<ModelFace> FaceAsync(ModelVersion version, Func<CancellationToken, Task<Table>> data, CancellationToken cancellationToken)
    {
        if (!faces.TryGetValue(version.Digest.Hex, out ModelFace? known))
        {
            (_, byte[] model, byte[]? encoding) = await loader.ModelAsync(version.Id, cancellationToken);
            Table rows = await data(cancellationToken);
            known = await turn.RunAsync(
                () =>
                {
                    using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, cancellationToken);
                    RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding is null ? null : ModelEncoding.Read(encoding), rows);
                    return new ModelFace(encoder.Columns, ShownPicture.Of(encoder, TokenInputs.Find(model, predictor.Signature)));
                },
                cancellationToken);
            Remember(faces, version.Digest.Hex, known, MostRemembered);
        }

        return known;
    }

    /// <summary>The explanation of a case: sealed where the evidence holds it and nothing else is asked for, else computed now.</summary>
    /// <param name="one">The case.</param>
    /// <param name="reference">What it is compared with.</param>
    /// <param name="explainedClass">The class explained; null for the evidence's own choice.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InputException">It cannot be explained so, or it takes longer than a page waits.</exception>
    public async Task<CaseExplanation> ExplainAsync(CaseView one, CaseReference reference, string? explainedClass, CancellationToken cancellationToken)
    {
        FindingsDocument document = one.Shown.Document;
        if (reference == CaseReference.Population && document.Explanation is { } report
            && CaseExplanation.Sealed(report, one.Row, explainedClass) is CaseExplanation sealedOne)
        {
            return sealedOne;
        }

        if (!one.View.Viewer.RunAudit)
        {
            throw new InputException("This row is not among those that the evidence explains, and your role does not compute explanations of others.");
        }

        if (reference is { Kind: CaseReferenceKind.OwnGroup, Column: string column } && one.Mask.Hides(column))
        {
            throw new InputException($"The column '{column}' is masked for your role, so its groups cannot be compared with.");
        }

        (string, string, int, string, string?) key = (one.View.Version.Digest.Hex, one.Shown.Record.Findings.Hex, one.Row, reference.Text, explainedClass);
        if (!explained.TryGetValue(key, out ExplanationReport? computed))
        {
            AuditInputs inputs = await InputsAsync(one, cancellationToken);
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                computed = await turn.RunAsync(
                    () => ExplainCase.Run(inputs, document.Options, one.Scored, one.Row, reference, explainedClass, time, limit.Token), limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new InputException($"Explaining this row takes longer than the {Patience.TotalSeconds:0} seconds that a page waits. Request an explanation of it on the Attributions page: it runs in the background and is sealed.");
            }

            Remember(explained, key, computed, MostRemembered);
        }

        return CaseExplanation.Computed(computed, explainedClass);
    }

    /// <summary>The version's model and data, with at most 10,000 reference rows.</summary>
    public async Task<AuditInputs> InputsAsync(CaseView one, CancellationToken cancellationToken)
    {
        AuditOptions options = one.Shown.Document.Options;
        (AuditSubject subject, byte[] model, byte[]? encoding) = await loader.ModelAsync(one.View.Version.Id, cancellationToken);
        return new AuditInputs
        {
            Subject = subject, Model = model, Encoding = encoding,
            Evaluation = new AuditTable(
                one.Dataset.Name, one.Dataset.Digest.Hex, one.Data, one.Scored.Label, one.Dataset.Positive, one.Dataset.Favourable),
            Background = await ReferenceAsync(one.Shown.Document, options, cancellationToken),
        };
    }

    private async Task<AuditTable> ReferenceAsync(FindingsDocument document, AuditOptions options, CancellationToken cancellationToken)
    {
        string digest = document.Data.FirstOrDefault(data => data.Role == "background")?.Digest ?? "";
        if (!references.TryGetValue((options.Background, digest), out AuditTable? known))
        {
            AuditTable all = await loader.TableAsync(options.Background, cancellationToken);
            known = all with { Table = all.Table.Head(MostReferenceRows) };
            Remember(references, (options.Background, digest), known, MostTables);
        }

        return known;
    }

    private static void Remember<TKey, TValue>(ConcurrentDictionary<TKey, TValue> kept, TKey key, TValue value, int most)
        where TKey : notnull
    {
        if (kept.Count >= most)
        {
            kept.Clear();
        }

        kept[key] = value;
    }
}

/// <summary>What a version's rows look like.</summary>
/// <param name="Columns">The columns that its model reads, in its order.</param>
/// <param name="Picture">How a row looks where it is a picture, a sequence or a line of tokens; else null.</param>
internal sealed record ModelFace(IReadOnlyList<string> Columns, ShownPicture? Picture);
