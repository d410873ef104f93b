using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Governance.Tests;

namespace Governance.Portal.Tests.ExternalSignIn;

/// <summary>A browser without script that goes to the provider and back, one redirect at a time.</summary>
internal sealed class ExternalVisitor(PortalServer portal) : IDisposable
{
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(portal.Address) };

    /// <summary>Goes from the portal's link through the provider's login and consent forms.</summary>
    /// <returns>The address that the provider leads back to, not yet visited.</returns>
    public async Task<Uri> AuthenticateAsync(string person, string returnUrl = "/")
    {
        Uri at = new(portal.Address + "/accounts/external?returnUrl=" + Uri.EscapeDataString(returnUrl));
        HttpResponseMessage response = await client.GetAsync(at);
        for (int step = 0; step < 20; step++)
        {
            if (response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther)
            {
                Uri next = new(at, response.Headers.Location!);
                if (next.Authority == new Uri(portal.Address).Authority && next.AbsolutePath != "/accounts/external")
                {
                    return next;
                }

                (at, response) = (next, await client.GetAsync(next));
                continue;
            }

            IElement form = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()).QuerySelector("form")
                ?? throw new InvalidOperationException($"{at}: {response.StatusCode} without a form");
            Dictionary<string, string> fields = form.QuerySelectorAll("input[type=hidden]")
                .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? "");
            if (form.QuerySelector("[name=login]") is not null)
            {
                (fields["login"], fields["password"]) = (person, "any password does there");
            }

            at = new Uri(at, form.GetAttribute("action"));
            response = await client.PostAsync(at, new FormUrlEncodedContent(fields));
        }

        throw new InvalidOperationException("The provider led round in a circle.");
    }

    /// <summary>Visits an address.</summary>
    public Task<HttpResponseMessage> GetAsync(Uri address) => client.GetAsync(address);

    /// <summary>Visits a page of the portal.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    /// <summary>Signs in to the end.</summary>
    /// <returns>Where the portal leads.</returns>
    public async Task<string> SignInAsync(string person, string returnUrl = "/")
    {
        HttpResponseMessage response = await GetAsync(await AuthenticateAsync(person, returnUrl));
        return response.Headers.Location?.OriginalString ?? $"{response.StatusCode}";
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();
}
