from nicegui import ui
def build(session, client):
    ui.label("x")
