using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Sessions;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>A new account without a password, and the link with which its person sets one.</summary>
public sealed partial class InvitePage
{
    private string? refusal;
    private IssuedLink? link;

    [SupplyParameterFromForm]
    private InviteForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private InviteUser InviteUser { get; set; } = default!;

    [Inject]
    private StepUp StepUp { get; set; } = default!;

    /// <inheritdoc />
    protected override void OnInitialized() => Form ??= new InviteForm();

    private async Task InviteAsync()
    {
        if (!await StepUp.IsFreshAsync(Http.User, StepUpPurpose.Accounts, Http.RequestAborted))
        {
            refusal = StepUp.Stale.Sentence;
            return;
        }

        string? email = string.IsNullOrWhiteSpace(Form!.Email) ? null : Form.Email;
        switch (await InviteUser.RunAsync(
            Http.User.Actor(), Form.Name, Form.DisplayName, email, Form.Roles.ToHashSet(), Http.RequestAborted))
        {
            case IssueLinkOutcome.Issued { Link: var issued }:
                link = issued;
                break;
            case IssueLinkOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class InviteForm
    {
        [Required(ErrorMessage = "Choose a user name."), StringLength(100, ErrorMessage = "A user name has at most 100 characters.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Say the person’s name."), StringLength(GovernanceUser.MaxDisplayNameLength, ErrorMessage = "A name has at most 100 characters.")]
        public string DisplayName { get; set; } = "";

        public string? Email { get; set; }

        public Role[] Roles { get; set; } = [];
    }
}
