using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Teams;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Access;

/// <summary>The form that grants a model.</summary>
public sealed partial class GrantForm
{
    private string? refusal;

    /// <summary>The model's name.</summary>
    [Parameter, EditorRequired]
    public string Model { get; set; } = "";

    /// <summary>The people to choose from.</summary>
    [Parameter]
    public IReadOnlyList<(Guid Id, string Name)> People { get; set; } = [];

    /// <summary>The teams to choose from.</summary>
    [Parameter]
    public IReadOnlyList<(Guid Id, string Name)> Teams { get; set; } = [];

    /// <summary>The page's path.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    [SupplyParameterFromForm(FormName = "grant")]
    private Wanted? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private GrantAccess Grant { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnInitialized() => Form ??= new Wanted();

    private async Task GrantAsync()
    {
        if (HolderOf(Form!.Holder) is not GrantHolder holder)
        {
            refusal = "Choose a person or a team.";
            return;
        }

        NewGrant wanted = new(
            holder, Model, (Form.Explanations ? GrantExtras.Explanations : 0) | (Form.PersonalRows ? GrantExtras.PersonalRows : 0))
        {
            Stages = EnumSet.Of(Http.Request.Form["stage"].Select(name => Enum.TryParse(name, out Stage stage) ? stage : (Stage?)null).OfType<Stage>()),
            ExpiresAt = Form.Until is DateOnly day ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : null,
        };
        switch (await Grant.RunAsync(Http.User.Actor(), wanted, Http.RequestAborted))
        {
            case GrantOutcome.Granted:
                Navigation.NavigateTo(Address);
                break;
            case GrantOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static GrantHolder? HolderOf(string? text) => text?.Split(':') is [var kind, var id] && Guid.TryParse(id, out Guid guid)
        ? kind == "team" ? GrantHolder.Of(new TeamId(guid)) : kind == "person" ? GrantHolder.Of(new UserId(guid)) : null
        : null;

    private sealed class Wanted
    {
        public string? Holder { get; set; }

        public bool Explanations { get; set; }

        public bool PersonalRows { get; set; }

        public DateOnly? Until { get; set; }
    }
}
