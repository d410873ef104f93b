using Governance.Audit.Cases;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Audit.Runs;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Pictures;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Cases;

/// <summary>One case as one person may see it.</summary>
public sealed record CaseView
{
    /// <summary>The version.</summary>
    public required VersionView View { get; init; }

    /// <summary>The evidence whose data, method and background are used.</summary>
    public required SealedFindings Shown { get; init; }

    /// <summary>The data set that the case is a row of.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>All rows with what the model said of them; to compute with, not to show.</summary>
    public required ScoredTable Scored { get; init; }

    /// <summary>The same rows with nothing that the model said; to compute with, not to show.</summary>
    public required Table Data { get; init; }

    /// <summary>The part of the rows that cases are gone through of.</summary>
    public required CohortView Cohort { get; init; }

    /// <summary>The rows as the person may see them.</summary>
    public required RowView Rows { get; init; }

    /// <summary>What of them is masked.</summary>
    public required RowMask Mask { get; init; }

    /// <summary>The columns that the model reads, in its order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How a case looks where it is a picture, a sequence or a line of tokens; else null.</summary>
    public ShownPicture? Picture { get; init; }

    /// <summary>The case, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>The row of the data set's file, from 0: another than <see cref="Row"/> where the audit looked at a part of the file.</summary>
    public required int FileRow { get; init; }

    /// <summary>The cases that are gone through, in their order.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>Why the order is not the one asked for, or null.</summary>
    public string? OrderFault { get; init; }

    /// <summary>What was decided on each row.</summary>
    public CaseDecisions Decisions => CaseDecisions.Of(Scored);

    /// <summary>What the model decided on the case, or its value.</summary>
    public string Decision => Scored.Table.Need(Scored.Prediction).Text(Row) ?? "nothing";

    /// <summary>The positive class's probability or the predicted value; null where there is neither.</summary>
    public double? Score => Decisions.ScoreOf(Row);

    /// <summary>What is recorded of the case; null where nothing is or the person may not read it.</summary>
    public string? Truth => Scored.Label is string label ? TextOf(label) : null;

    /// <summary>The threshold that decides; null where there is none for all rows alike.</summary>
    public double? Threshold => !Scored.IsRegression && Scored.Scores.Count == 1
        && Shown.Document.Warnings.All(warning => warning.Code != Audit.Encodings.GroupThresholds.NoteCode) ? Scored.Threshold ?? 0.5 : null;

    /// <summary>Whether the decision is against the person; null where nobody says which outcome they want.</summary>
    public bool? Against => Scored.IsRegression || Scored.Favourable is null ? null : Decision != Scored.Favourable;

    /// <summary>The columns of the model that the person may read.</summary>
    public IReadOnlyList<string> Readable => [.. Columns.Where(column => !Mask.Hides(column))];

    /// <summary>The case before in the order; null at its start or where the case is not in it.</summary>
    public int? Previous => At > 0 ? Order[At - 1] : null;

    /// <summary>The case after in the order; the first where the case is not in it.</summary>
    public int? Next => At + 1 < Order.Count ? Order[At + 1] : null;

    /// <summary>Its place in the order, from 0; -1 where it is not in it.</summary>
    public int At { get; init; }

    private string? TextOf(string column) => Rows.IsMasked(column) ? null : Rows.Text(Row, column);
}
