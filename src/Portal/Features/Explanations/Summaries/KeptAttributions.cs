using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Summaries;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.Explanations.Summaries;

/// <summary>The attributions of all rows of a sealed document as one block, kept as long as the document is: pages over very many rows begin with it.</summary>
internal sealed class KeptAttributions
{
    private readonly ConditionalWeakTable<ExplanationReport, ConcurrentDictionary<int, WholeAttributions>> kept = [];

    /// <summary>The attributions of one class.</summary>
    /// <param name="document">It has explanations.</param>
    /// <param name="position">Which class of the report's arrays.</param>
    public WholeAttributions Of(FindingsDocument document, int position)
    {
        ExplanationReport report = document.Explanation ?? throw new ArgumentException("The document has no explanations.", nameof(document));
        return kept.GetOrCreateValue(report).GetOrAdd(position, _ =>
        {
            AttributionMatrix matrix = AttributionMatrix.Of(report, position);
            return new WholeAttributions(matrix, matrix.Count == 0 ? [] : RankImportance.Of(document, matrix));
        });
    }
}

/// <summary>The attributions of all rows explained.</summary>
/// <param name="Matrix">Rows by features.</param>
/// <param name="Importance">Mean |attribution|, the largest first; empty without a row.</param>
internal sealed record WholeAttributions(AttributionMatrix Matrix, IReadOnlyList<FeatureImportance> Importance);
