using System.ComponentModel.DataAnnotations;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Privacy;

/// <summary>What columns of registered data sets tell of persons, and the form that marks one.</summary>
public sealed partial class ColumnsPage
{
    private List<(Dataset Dataset, IReadOnlyList<DatasetColumn> Columns)> datasets = [];
    private bool mayMark;
    private string? refusal;

    [SupplyParameterFromForm(FormName = "mark-column")]
    private MarkForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadDatasets Datasets { get; set; } = default!;

    [Inject]
    private IDbContextFactory<GovernanceDb> Databases { get; set; } = default!;

    [Inject]
    private MarkColumn Mark { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new MarkForm();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        (Person person, IReadOnlyList<Dataset> all) = await Datasets.ListAsync(Http.User, Http.RequestAborted);
        mayMark = person.Roles.Contains(Role.Developer) || person.Roles.Contains(Role.Approver);
        await using GovernanceDb db = await Databases.CreateDbContextAsync(Http.RequestAborted);
        datasets = [];
        foreach (Dataset dataset in all)
        {
            datasets.Add((dataset, await MarkedColumns.OfAsync(db, dataset, Http.RequestAborted)));
        }
    }

    private async Task MarkAsync()
    {
        PrivacyOutcome outcome = await Mark.RunAsync(Http.User.Actor(), Form!.Dataset, Form.Column.Trim(), Form.Kind, Http.RequestAborted);
        refusal = outcome switch
        {
            PrivacyOutcome.Refused { Reason.Sentence: var sentence } => sentence,
            PrivacyOutcome.NotFound => "There is no such data set.",
            _ => null,
        };
        await LoadAsync();
    }

    private static string Names(IEnumerable<DatasetColumn> columns) => string.Join(", ", columns.Select(column => column.Name)) is { Length: > 0 } names ? names : "–";

    private sealed class MarkForm
    {
        [Required]
        public string Dataset { get; set; } = "";

        [Required(ErrorMessage = "Name the column.")]
        public string Column { get; set; } = "";

        public ColumnMarkKind Kind { get; set; }
    }
}
