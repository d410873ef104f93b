#pragma warning disable BL0006 // The frames of the render tree are the only way to see what a component drew without a browser
using System.Globalization;
using System.Security.Claims;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Governance.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace Governance.Portal.Tests.Components;

/// <summary>Renders components in process, lets tests act on them, and shows what they drew.</summary>
/// <remarks>
/// Stands in for bUnit, which has no version for .NET 10: the framework's static renderer, with OnAfterRender and
/// events. Scripts do not run; calls to them are counted and answered with the default value.
/// </remarks>
public sealed class ComponentHost : StaticHtmlRenderer
{
    private readonly ServiceProvider services;
    private readonly List<Exception> faults = [];
    private int root = -1;

    private ComponentHost(ServiceProvider services)
        : base(services.CreateScope().ServiceProvider, NullLoggerFactory.Instance) => this.services = services;

    /// <summary>Makes a host.</summary>
    /// <param name="configure">Further services of the components.</param>
    /// <param name="path">The address of the page, such as "/models?sort=-n".</param>
    /// <param name="user">Who is signed in; nobody if null.</param>
    public static ComponentHost Create(
        Action<IServiceCollection>? configure = null, string path = "/", ClaimsPrincipal? user = null)
    {
        // The framework's own registrations ask for a configuration and an environment.
        IServiceCollection services = WebApplication.CreateEmptyBuilder(new WebApplicationOptions()).Services;
        services.AddLogging();
        services.AddRazorComponents();
        services.AddAuthorizationCore();
        new AuthorizationBuilder(services).AddPolicies();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<IJSRuntime>(new SilentScript());
        services.AddSingleton<NavigationManager>(new FixedNavigation(path));
        services.AddSingleton<AntiforgeryStateProvider>(new FixedAntiforgery());
        services.AddSingleton<AuthenticationStateProvider>(new FixedSession(user ?? new ClaimsPrincipal(new ClaimsIdentity())));
        services.AddCascadingValue<HttpContext>(_ => new DefaultHttpContext { User = user ?? new ClaimsPrincipal() });
        configure?.Invoke(services);
        return new ComponentHost(services.BuildServiceProvider());
    }

    /// <summary>Somebody who is signed in.</summary>
    public static ClaimsPrincipal Person(string name, params string[] roles) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], "test"));

    /// <summary>What is drawn now, as HTML.</summary>
    public string Html
    {
        get
        {
            StringBuilder html = new();
            Dispatcher.InvokeAsync(() => WriteComponent(root, html)).GetAwaiter().GetResult();
            return html.ToString();
        }
    }

    /// <summary>What is drawn now, as a document.</summary>
    public IDocument Document => new HtmlParser().ParseDocument(Html);

    /// <summary>The address that the components navigated to last.</summary>
    public string Address => services.GetRequiredService<NavigationManager>().Uri;

    /// <summary>Renders a component as the root, or gives the root new parameters.</summary>
    public async Task<ComponentHost> RenderAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        await Dispatcher.InvokeAsync(async () =>
        {
            if (root < 0)
            {
                root = AssignRootComponentId(InstantiateComponent(typeof(TComponent)));
            }

            await RenderRootComponentAsync(
                root, ParameterView.FromDictionary(parameters.ToDictionary(one => one.Name, one => one.Value)));
        });
        ThrowFaults();
        return this;
    }

    /// <summary>The one element with a role, and a name if it is given.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public IElement ByRole(string role, string? name = null)
    {
        IElement[] found = [.. AllByRole(role).Where(element => name is null || Accessible.Name(element) == name)];
        return found.Length == 1
            ? found[0]
            : throw new InvalidOperationException($"{found.Length} elements with role {role} and name '{name}' in {Html}");
    }

    /// <summary>All elements with a role, in the order of the document.</summary>
    public IReadOnlyList<IElement> AllByRole(string role) =>
        [.. Document.All.Where(element => Accessible.Role(element) == role)];

    /// <summary>The words of the page, with single blanks.</summary>
    public string Text => Accessible.Words(Document.Body!);

    /// <summary>Clicks the one element with a role and a name.</summary>
    public Task ClickAsync(string role, string name) => SendAsync(ByRole(role, name), "onclick", new MouseEventArgs { Detail = 1 });

    /// <summary>Gives the one element with a role and a name another value.</summary>
    public Task ChangeAsync(string role, string name, object? value) =>
        SendAsync(ByRole(role, name), "onchange", new ChangeEventArgs { Value = value });

    /// <summary>Sends an event to an element of <see cref="Document"/>.</summary>
    public async Task SendAsync(IElement element, string name, EventArgs arguments)
    {
        string id = element.GetAttribute("data-event-" + name)
            ?? throw new InvalidOperationException($"{element.OuterHtml} does not listen to {name}.");
        await Dispatcher.InvokeAsync(() => DispatchEventAsync(ulong.Parse(id, CultureInfo.InvariantCulture), null, arguments));
        ThrowFaults();
    }

    // The base class answers with a cancelled task, and then OnAfterRender would never be called.
    /// <inheritdoc />
    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch) => Task.CompletedTask;

    /// <inheritdoc />
    protected override void HandleException(Exception exception) => faults.Add(exception);

    private void ThrowFaults()
    {
        if (faults.Count > 0)
        {
            throw new AggregateException(faults);
        }
    }

    private void WriteComponent(int component, StringBuilder html)
    {
        ArrayRange<RenderTreeFrame> frames = GetCurrentRenderTreeFrames(component);
        new FrameWriter(WriteComponent, html).Write(frames.Array, 0, frames.Count);
    }

    private sealed class FixedNavigation : NavigationManager
    {
        public FixedNavigation(string path) => Initialize("https://portal.test/", "https://portal.test" + path);

        protected override void NavigateToCore(string uri, bool forceLoad) => Uri = ToAbsoluteUri(uri).ToString();
    }

    private sealed class FixedSession(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }

    private sealed class FixedAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }

    private sealed class SilentScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => ValueTask.FromResult<TValue>(default!);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            ValueTask.FromResult<TValue>(default!);
    }
}
