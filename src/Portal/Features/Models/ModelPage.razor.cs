using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Models;

/// <summary>One model: its versions, and who may see it.</summary>
public sealed partial class ModelPage
{
    private ModelRow? row;
    private bool mayRegister;
    private bool mayGrant;

    /// <summary>The model's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ReadModels Models { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string VersionsTitle => row!.Versions.Count == 0
        ? "Versions"
        : $"{row.Versions.Count} version{VersionWords.Plural(row.Versions.Count)}, the latest {Governance.Registry.Versions.Stages.InWords(row.Versions[0].Version.Stage)}";

    protected override async Task OnInitializedAsync()
    {
        (Person person, row) = await Models.FindAsync(Name, Http.User, Http.RequestAborted);
        if (row is null)
        {
            Navigation.NotFound();
            return;
        }

        mayRegister = !row.NameOnly && person.Roles.Contains(Role.Developer);
        mayGrant = AccessPolicy.Decide(person.Roles, Right.Administer, default).Allowed;
    }
}
